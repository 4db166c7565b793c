import Compute
import Concurrency
import NeuralNetworks

extension Value {
  /// Whether the values are the same in type and content, so that one can replace the other.
  /// Errs on the side of false, also where the work's budget does not allow to look closer.
  package func isIdentical(to other: Value) -> Bool {
    (try? isSame(as: other)) ?? false
  }

  private func isSame(as other: Value) throws -> Bool {
    switch (self, other) {
    case (.none, .none): true
    case (.bool(let a), .bool(let b)): a == b
    case (.int(let a), .int(let b)): a == b
    case (.float(let a), .float(let b)):
      a.bitPattern == b.bitPattern || a.isNaN && b.isNaN
    case (.string(let a), .string(let b)): a.hasSameBytes(as: b)
    case (.list(let a), .list(let b)), (.tuple(let a), .tuple(let b)):
      try a.count == b.count
        && a.indices.allSatisfy { index in
          try Budget.check(step: index)
          return try a[index].isSame(as: b[index])
        }
    case (.dictionary(let a), .dictionary(let b)):
      try a.count == b.count
        && a.indices.allSatisfy { index in
          try a[index].name == b[index].name && a[index].value.isSame(as: b[index].value)
        }
    case (.array(let a), .array(let b)): a.isIdentical(to: b)
    case (.tensor(let a), .tensor(let b)):
      a.device == b.device && a.array.isIdentical(to: b.array)
    case (.tensorType(let a), .tensorType(let b)): a == b
    case (.tensorShape(let a), .tensorShape(let b)): a == b
    case (.device(let a), .device(let b)): a == b
    case (.optimizer(let a), .optimizer(let b)): a == b
    case (.criterion(let a), .criterion(let b)): a == b
    case (.dataSet(let a), .dataSet(let b)):
      a.classNames == b.classNames && a.isIdentical(to: b)
    case (.model(let a), .model(let b)): a.isIdentical(to: b)
    case (.fit(let a), .fit(let b)): a.isIdentical(to: b)
    case (.generator(let a), .generator(let b)): a === b
    default: false
    }
  }
}
