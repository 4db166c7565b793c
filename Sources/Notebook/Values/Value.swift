import Compute

/// What an expression of the cell language evaluates to.
package enum Value: Sendable {
  case none
  case bool(Bool)
  case int(Int)
  case float(Double)
  case string(String)
  case list([Value])
  case tuple([Value])
  case range(start: Int, stop: Int, step: Int)
  /// A NumPy array; without axes it is a NumPy scalar.
  case array(NDArray)
  case function(Builtin)
  case module(Module)
}
