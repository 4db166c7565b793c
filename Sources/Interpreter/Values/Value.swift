import Compute
import NeuralNetworks

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
  /// A PyTorch array.
  case tensor(Tensor)
  /// What `tensor.dtype` is: torch.float32. Not NumPy's type of the same elements.
  case tensorType(ElementType)
  /// What `tensor.shape` is: a tuple of whole numbers that prints as torch.Size([1, 1, 5]).
  case tensorShape([Int])
  /// Where PyTorch computes: "cpu", "cuda", "mps".
  case device(DeviceKind)
  case optimizer(Optimizer)
  case dataSet(DataSet)
  indirect case model(Model)
  /// A training run as far as it has come.
  indirect case fit(Fit)
  indirect case function(Builtin)
  case module(Module)
}
