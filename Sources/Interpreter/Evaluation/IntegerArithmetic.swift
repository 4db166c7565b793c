import CellLanguage
import Glibc
import Messages

/// Python's operators on integers, within 64 bits.
package enum IntegerArithmetic {
  /// - Throws: `Diagnostic` for a division by 0 and for results beyond 64 bits.
  package static func apply(_ operation: BinaryOperator, _ a: Int, _ b: Int) throws -> Value {
    switch operation {
    case .add: return .int(try checked(a.addingReportingOverflow(b), operation, a, b))
    case .subtract: return .int(try checked(a.subtractingReportingOverflow(b), operation, a, b))
    case .multiply: return .int(try checked(a.multipliedReportingOverflow(by: b), operation, a, b))
    case .divide:
      guard b != 0 else { throw divisionByZero }
      return .float(quotient(a, b))
    case .floorDivide:
      guard b != 0 else { throw divisionByZero }
      let (quotient, overflow) = a.dividedReportingOverflow(by: b)
      guard !overflow else { throw tooLarge(operation, a, b) }
      return .int(a % b != 0 && (a < 0) != (b < 0) ? quotient - 1 : quotient)
    case .remainder:
      guard b != 0 else { throw divisionByZero }
      let remainder = b == -1 ? 0 : a % b
      return .int(remainder != 0 && (remainder < 0) != (b < 0) ? remainder + b : remainder)
    case .power:
      if b >= 0 { return .int(try power(a, b)) }
      return .float(try FloatArithmetic.power(Double(a), Double(b)))
    case .matrixMultiply: throw Arithmetic.unsupported("@", .int(a), .int(b))
    case .bitwiseAnd: return .int(a & b)
    case .bitwiseOr: return .int(a | b)
    case .bitwiseXor: return .int(a ^ b)
    case .shiftLeft:
      guard b >= 0 else { throw negativeShift }
      guard a != 0, b > 0 else { return .int(a) }
      let shifted = b < 64 ? a << b : 0
      guard b < 64, shifted >> b == a else { throw tooLarge(operation, a, b) }
      return .int(shifted)
    case .shiftRight:
      guard b >= 0 else { throw negativeShift }
      return .int(a >> b)
    }
  }

  /// `-a`, `abs(a)`: throws for the least integer, whose negative needs more than 64 bits.
  package static func negated(_ a: Int) throws -> Int {
    guard a != .min else { throw Diagnostic("-(\(a)) needs more than 64 bits", hint: floatHint) }
    return -a
  }

  private static func power(_ base: Int, _ exponent: Int) throws -> Int {
    if exponent == 0 || base == 1 { return 1 }
    if base == 0 { return 0 }
    if base == -1 { return exponent % 2 == 0 ? 1 : -1 }
    // Beyond ±1 every exponent from 64 on overflows.
    guard exponent < 64 else { throw tooLarge(.power, base, exponent) }
    var result = 1
    for _ in 0..<exponent {
      result = try checked(
        result.multipliedReportingOverflow(by: base), .power, base, exponent)
    }
    return result
  }

  /// `a / b`, rounded once: Python's result even where an operand has more than 53 bits.
  private static func quotient(_ a: Int, _ b: Int) -> Double {
    let exact = 1 << 53
    if a.magnitude <= exact, b.magnitude <= exact { return Double(a) / Double(b) }
    // At least 64 bits of quotient; the lowest one is set if anything below it was cut off.
    let numerator = UInt128(a.magnitude)
    let shift = numerator.leadingZeroBitCount
    let (whole, rest) = (numerator << shift).quotientAndRemainder(
      dividingBy: UInt128(b.magnitude))
    let magnitude = scalbn(Double(whole | (rest == 0 ? 0 : 1)), -Int32(shift))
    return (a < 0) != (b < 0) ? -magnitude : magnitude
  }

  private static func checked(
    _ result: (partialValue: Int, overflow: Bool), _ operation: BinaryOperator, _ a: Int, _ b: Int
  ) throws -> Int {
    guard !result.overflow else { throw tooLarge(operation, a, b) }
    return result.partialValue
  }

  private static func tooLarge(_ operation: BinaryOperator, _ a: Int, _ b: Int) -> Diagnostic {
    Diagnostic("\(a) \(operation.rawValue) \(b) needs more than 64 bits", hint: floatHint)
  }

  static let floatHint = "use a float, as in 2.0**70"
  static let divisionByZero = Diagnostic("division by zero")
  private static let negativeShift = Diagnostic("a number cannot be shifted by a negative count")
}
