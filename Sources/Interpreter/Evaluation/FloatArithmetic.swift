import CellLanguage
import Glibc
import Messages

/// Python's operators on floats.
enum FloatArithmetic {
  /// - Throws: `Diagnostic` for divisions by 0, powers that overflow or are complex, and operators
  ///   that floats do not have.
  static func apply(_ operation: BinaryOperator, _ a: Double, _ b: Double) throws -> Double {
    switch operation {
    case .add: return a + b
    case .subtract: return a - b
    case .multiply: return a * b
    case .divide:
      guard b != 0 else { throw IntegerArithmetic.divisionByZero }
      return a / b
    case .floorDivide:
      guard b != 0 else { throw IntegerArithmetic.divisionByZero }
      return floorQuotient(a, b)
    case .remainder:
      guard b != 0 else { throw IntegerArithmetic.divisionByZero }
      return remainder(a, b)
    case .power: return try power(a, b)
    case .bitwiseAnd, .bitwiseOr, .bitwiseXor, .shiftLeft, .shiftRight, .matrixMultiply:
      throw Diagnostic(
        "'\(operation.rawValue)' works on whole numbers, not on floats", hint: "use int(…) first")
    }
  }

  static func power(_ base: Double, _ exponent: Double) throws -> Double {
    if base == 0, exponent < 0 { throw Diagnostic("0 cannot be raised to a negative power") }
    if base < 0, base.isFinite, exponent.isFinite, exponent.rounded() != exponent {
      throw Diagnostic(
        "a negative number to a fractional power is complex",
        hint: "use a whole exponent, or abs(…) of the base")
    }
    let result = pow(base, exponent)
    if result.isInfinite, base.isFinite, exponent.isFinite {
      throw Diagnostic(
        "the result of ** is too large for a float, whose largest value is about 1.8e308")
    }
    return result
  }

  /// The remainder has the divisor's sign.
  private static func remainder(_ a: Double, _ b: Double) -> Double {
    let remainder = fmod(a, b)
    if remainder == 0 { return copysign(0, b) }
    return (remainder < 0) != (b < 0) ? remainder + b : remainder
  }

  /// `(a - a % b) / b`, which is whole but for rounding; `floor(a / b)` would be off by one where
  /// `a / b` rounds up to a whole number.
  private static func floorQuotient(_ a: Double, _ b: Double) -> Double {
    var remainder = fmod(a, b)
    var quotient = (a - remainder) / b
    if remainder != 0, (remainder < 0) != (b < 0) {
      remainder += b
      quotient -= 1
    }
    guard quotient != 0 else { return copysign(0, a / b) }
    let floor = quotient.rounded(.down)
    return quotient - floor > 0.5 ? floor + 1 : floor
  }
}
