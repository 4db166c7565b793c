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
  indirect case range(start: Int, stop: Int, step: Int)
  /// A NumPy array; without axes it is a NumPy scalar.
  case array(NDArray)
  /// What `array.dtype` is. The types themselves (`np.float32`) are functions, since calling one
  /// converts; the two are equal, and either is taken where a type is asked for.
  case elementType(ElementType)
  indirect case function(Builtin)
  case module(Module)
}
