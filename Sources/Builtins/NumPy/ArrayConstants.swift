import Interpreter

extension Builtins {
  static let numPyConstants: [String: Value] = [
    "np.pi": .float(.pi),
    "np.e": .float(2.718281828459045),
    "np.inf": .float(.infinity),
    "np.nan": .float(.nan),
    "np.newaxis": .none,
  ]
}
