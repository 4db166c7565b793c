import CellLanguage
import Compute
import Messages

/// `a @ b` on vectors and matrices.
package enum MatrixProducts {
  /// - Throws: for single numbers, more than two axes, and lengths that do not fit.
  package static func apply(_ a: Value, _ b: Value) throws -> Value {
    if a.isTensor || b.isTensor {
      _ = try TensorArithmetic.operands("@", a, b)
      guard case .tensor(let x) = a, case .tensor(let y) = b else {
        throw Arithmetic.unsupported("@", a, b)
      }
      guard x.array.type == y.array.type else {
        throw Diagnostic(
          "'@' needs tensors of one type, not \(x.array.type.rawValue) and \(y.array.type.rawValue)",
          hint: "convert one with .to(torch.\(x.array.type.rawValue))")
      }
      guard x.device == y.device else {
        throw Diagnostic(
          "'@' needs tensors on one device, not on '\(x.device.rawValue)' and '\(y.device.rawValue)'"
        )
      }
      return .tensor(try Tensor(product(x.array, y.array), device: x.device))
    }
    guard a.isArray || b.isArray, case .array(let x)? = try a.operand(),
      case .array(let y)? = try b.operand()
    else {
      if a.isArray || b.isArray, a.isPlainNumber || b.isPlainNumber { throw numbers }
      throw Arithmetic.unsupported("@", a, b)
    }
    return .array(try product(x, y))
  }

  private static func product(_ x: NDArray, _ y: NDArray) throws -> NDArray {
    guard !x.isScalar, !y.isScalar else { throw numbers }
    return try NDArray.dot(x, y)
  }

  private static var numbers: Diagnostic {
    Diagnostic("'@' multiplies vectors and matrices, not single numbers", hint: "write *")
  }
}
