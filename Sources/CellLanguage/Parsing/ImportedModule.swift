/// A module that cells can import, and the only name it can have.
package struct ImportedModule: Sendable {
  /// "torch.nn.functional"
  package var path: String
  /// "F"
  package var name: String
  /// The usual line: "import torch.nn.functional as F"
  package var line: String

  /// All modules that cells can import. Their names are predefined.
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

  /// The name of a module that is also an attribute of another one, as `torch.nn` is.
  ///
  /// - Parameter module: by its name in cells.
  package static func named(_ attribute: String, of module: String) -> String? {
    let parent = all.first { $0.name == module }?.path ?? module
    return all.first { $0.path == parent + "." + attribute }?.name
  }
}
