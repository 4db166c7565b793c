import Compute
import NeuralNetworks

extension Value {
  /// Whether the values are the same in type and content, so that one can replace the other.
  /// Errs on the side of false.
  package func isIdentical(to other: Value) -> Bool {
    switch (self, other) {
    case (.none, .none): true
    case (.bool(let a), .bool(let b)): a == b
    case (.int(let a), .int(let b)): a == b
    case (.float(let a), .float(let b)):
      a.bitPattern == b.bitPattern || a.isNaN && b.isNaN
    case (.string(let a), .string(let b)): a.utf8.elementsEqual(b.utf8)
    case (.list(let a), .list(let b)), (.tuple(let a), .tuple(let b)):
      a.count == b.count && zip(a, b).allSatisfy { $0.isIdentical(to: $1) }
    case (.array(let a), .array(let b)): a.isIdentical(to: b)
    case (.tensor(let a), .tensor(let b)):
      a.device == b.device && a.array.isIdentical(to: b.array)
    case (.tensorType(let a), .tensorType(let b)): a == b
    case (.tensorShape(let a), .tensorShape(let b)): a == b
    case (.device(let a), .device(let b)): a == b
    case (.optimizer(let a), .optimizer(let b)): a == b
    case (.dataSet(let a), .dataSet(let b)): a.isIdentical(to: b)
    case (.model(let a), .model(let b)): a.isIdentical(to: b)
    case (.fit(let a), .fit(let b)): a.isIdentical(to: b)
    default: false
    }
  }
}
