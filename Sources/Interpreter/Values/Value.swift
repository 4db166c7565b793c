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
  /// What some functions return under names. Cells cannot make one.
  case dictionary([(name: String, value: Value)])
  indirect case range(start: Int, stop: Int, step: Int)
  /// A NumPy array; without axes it is a NumPy scalar.
  case array(NDArray)
  /// The value of `array.dtype`. The types themselves (`np.float32`) are functions, since calling
  /// one converts; the two are equal, and either is accepted as a dtype.
  case elementType(ElementType)
  /// A PyTorch tensor.
  case tensor(Tensor)
  /// The value of `tensor.dtype`: torch.float32, which is distinct from np.float32.
  case tensorType(ElementType)
  /// The value of `tensor.shape`: a tuple of whole numbers that prints as torch.Size([1, 1, 5]).
  case tensorShape([Int])
  /// Where PyTorch computes: "cpu", "cuda", "mps".
  case device(DeviceKind)
  // Boxed, so that a value takes three words.
  indirect case optimizer(Optimizer)
  indirect case criterion(CrossEntropyLoss)
  indirect case dataSet(DataSet)
  indirect case model(Model)
  /// A training run so far.
  indirect case fit(Fit)
  /// A random generator: the one value that changes, with each draw.
  case generator(RandomGenerator)
  indirect case function(Builtin)
  case module(Module)
}
