/// The file `etude.py`, which notebooks and scripts import: what cells need beside NumPy, SciPy and PyTorch.
package enum Companion {
  package static let name = "etude.py"

  package static var text: String { String(decoding: PackageResources.etude_py, as: UTF8.self) }
}
