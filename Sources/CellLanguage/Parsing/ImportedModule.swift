/// A module that cells know, and the one name they have for it.
package struct ImportedModule: Sendable {
  /// "torch.nn.functional"
  package var path: String
  /// "F"
  package var name: String
  /// The usual line: "import torch.nn.functional as F"
  package var line: String

  /// All that cells can import. Their names are there from the start.
  package static let all = [
    ImportedModule(path: "numpy", name: "np", line: "import numpy as np"),
    ImportedModule(path: "scipy.signal", name: "signal", line: "from scipy import signal"),
    ImportedModule(path: "scipy.io.wavfile", name: "wavfile", line: "from scipy.io import wavfile"),
    ImportedModule(path: "torch", name: "torch", line: "import torch"),
    ImportedModule(path: "torch.nn", name: "nn", line: "from torch import nn"),
    ImportedModule(
      path: "torch.nn.functional", name: "F", line: "import torch.nn.functional as F"),
    ImportedModule(path: "torch.optim", name: "optim", line: "from torch import optim"),
  ]
}
