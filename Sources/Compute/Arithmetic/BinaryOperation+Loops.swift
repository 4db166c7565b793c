import Glibc
import Messages

// The loops behind `NDArray.binary`: one function for each family of element types.

extension BinaryOperation {
  /// - Precondition: both sides have the same type, the one that `workingType` chose.
  func applied(
    _ a: NDArray.Elements, _ b: NDArray.Elements
  ) throws(Diagnostic) -> NDArray.Elements {
    if case (.float64(let a), .float64(let b)) = (a, b),
      let values = try ArrayKernels.chosen.values(of: self, a, b)
    {
      return .float64(values)
    }
    return switch (a, b) {
    case (.bool(let a), .bool(let b)): try booleans(a, b)
    case (.uint8(let a), .uint8(let b)): try integers(a, b)
    case (.int16(let a), .int16(let b)): try integers(a, b)
    case (.int32(let a), .int32(let b)): try integers(a, b)
    case (.int64(let a), .int64(let b)): try integers(a, b)
    case (.float32(let a), .float32(let b)): try floats(a, b)
    case (.float64(let a), .float64(let b)): try floats(a, b)
    case (.complex128(let a), .complex128(let b)): try complexes(a, b)
    default: preconditionFailure("the operands were not brought to one type")
    }
  }

  private func booleans(
    _ a: [Bool], _ b: [Bool]
  ) throws(Diagnostic) -> NDArray.Elements {
    switch self {
    case .add, .bitwiseOr, .maximum: .bool(try combine(a, b) { $0 || $1 })
    case .multiply, .bitwiseAnd, .minimum: .bool(try combine(a, b) { $0 && $1 })
    case .bitwiseXor, .notEqual: .bool(try combine(a, b) { $0 != $1 })
    case .equal: .bool(try combine(a, b) { $0 == $1 })
    case .less: .bool(try combine(a, b) { !$0 && $1 })
    case .lessEqual: .bool(try combine(a, b) { !$0 || $1 })
    case .greater: .bool(try combine(a, b) { $0 && !$1 })
    case .greaterEqual: .bool(try combine(a, b) { $0 || !$1 })
    case .subtract, .divide, .floorDivide, .remainder, .power, .leftShift, .rightShift,
      .arcTangent, .hypotenuse:
      preconditionFailure("\(rawValue) does not work on booleans")
    }
  }

  private func integers<T: ArrayElement & FixedWidthInteger>(
    _ a: [T], _ b: [T]
  ) throws(Diagnostic) -> NDArray.Elements {
    switch self {
    case .add: return T.elements(try combine(a, b) { $0 &+ $1 })
    case .subtract: return T.elements(try combine(a, b) { $0 &- $1 })
    case .multiply: return T.elements(try combine(a, b) { $0 &* $1 })
    case .floorDivide: return T.elements(try combine(a, b, floorQuotient))
    case .remainder: return T.elements(try combine(a, b, floorRemainder))
    case .power:
      guard b.allSatisfy({ $0 >= 0 }) else {
        throw Diagnostic(
          "integers to negative integer powers are not allowed, because the result would be a "
            + "fraction", hint: "make one of them a float: x ** -1.0")
      }
      return T.elements(try combine(a, b, wrappingPower))
    case .bitwiseAnd: return T.elements(try combine(a, b) { $0 & $1 })
    case .bitwiseOr: return T.elements(try combine(a, b) { $0 | $1 })
    case .bitwiseXor: return T.elements(try combine(a, b) { $0 ^ $1 })
    // Swift's shifts by more than the width give 0 or the sign, as NumPy's; by a negative count
    // they would shift the other way, where NumPy takes the count for a huge one.
    case .leftShift: return T.elements(try combine(a, b) { $1 < 0 ? 0 : $0 << $1 })
    case .rightShift:
      return T.elements(try combine(a, b) { $1 < 0 ? ($0 < 0 ? ~0 : 0) : $0 >> $1 })
    case .maximum: return T.elements(try combine(a, b) { $0 > $1 ? $0 : $1 })
    case .minimum: return T.elements(try combine(a, b) { $0 < $1 ? $0 : $1 })
    case .equal, .notEqual, .less, .lessEqual, .greater, .greaterEqual:
      return .bool(try comparisons(a, b))
    case .divide, .arcTangent, .hypotenuse:
      preconditionFailure("\(rawValue) does not work on integers")
    }
  }

  private func floats<T: ArrayElement & BinaryFloatingPoint>(
    _ a: [T], _ b: [T]
  ) throws(Diagnostic) -> NDArray.Elements {
    switch self {
    case .add: return T.elements(try combine(a, b) { $0 + $1 })
    case .subtract: return T.elements(try combine(a, b) { $0 - $1 })
    case .multiply: return T.elements(try combine(a, b) { $0 * $1 })
    case .divide: return T.elements(try combine(a, b) { $0 / $1 })
    case .floorDivide: return T.elements(try combine(a, b, floorQuotient))
    case .remainder: return T.elements(try combine(a, b, floorRemainder))
    case .power:
      // x ** 2 as NumPy does it: rounded once, and many times faster.
      if b.count == 1, b[0] == 2 { return T.elements(try a.mapInChunks { $0 * $0 }) }
      return T.elements(try combine(a, b) { T(pow(Double($0), Double($1))) })
    case .maximum: return T.elements(try combine(a, b) { $0 >= $1 || $0.isNaN ? $0 : $1 })
    case .minimum: return T.elements(try combine(a, b) { $0 <= $1 || $0.isNaN ? $0 : $1 })
    case .arcTangent: return T.elements(try combine(a, b) { T(atan2(Double($0), Double($1))) })
    case .hypotenuse: return T.elements(try combine(a, b) { T(hypot(Double($0), Double($1))) })
    case .equal, .notEqual, .less, .lessEqual, .greater, .greaterEqual:
      return .bool(try comparisons(a, b))
    case .bitwiseAnd, .bitwiseOr, .bitwiseXor, .leftShift, .rightShift:
      preconditionFailure("\(rawValue) does not work on floats")
    }
  }

  private func complexes(
    _ a: [Complex], _ b: [Complex]
  ) throws(Diagnostic) -> NDArray.Elements {
    switch self {
    case .add: .complex128(try combine(a, b) { $0 + $1 })
    case .subtract: .complex128(try combine(a, b) { $0 - $1 })
    case .multiply: .complex128(try combine(a, b) { $0 * $1 })
    case .divide: .complex128(try combine(a, b) { $0 / $1 })
    case .power: .complex128(try combine(a, b) { $0.raised(to: $1) })
    case .maximum:
      .complex128(try combine(a, b) { $0.isNotANumber || $1.precedes($0) ? $0 : $1 })
    case .minimum:
      .complex128(try combine(a, b) { $0.isNotANumber || $0.precedes($1) ? $0 : $1 })
    case .equal: .bool(try combine(a, b) { $0 == $1 })
    case .notEqual: .bool(try combine(a, b) { $0 != $1 })
    case .less: .bool(try combine(a, b) { $0.precedes($1) })
    case .lessEqual: .bool(try combine(a, b) { $0.precedes($1) || $0 == $1 })
    case .greater: .bool(try combine(a, b) { $1.precedes($0) })
    case .greaterEqual: .bool(try combine(a, b) { $1.precedes($0) || $0 == $1 })
    case .floorDivide, .remainder, .bitwiseAnd, .bitwiseOr, .bitwiseXor, .leftShift, .rightShift,
      .arcTangent, .hypotenuse:
      preconditionFailure("\(rawValue) does not work on complex numbers")
    }
  }

  private func comparisons<T: Comparable>(_ a: [T], _ b: [T]) throws(Diagnostic) -> [Bool] {
    switch self {
    case .equal: try combine(a, b) { $0 == $1 }
    case .notEqual: try combine(a, b) { $0 != $1 }
    case .less: try combine(a, b) { $0 < $1 }
    case .lessEqual: try combine(a, b) { $0 <= $1 }
    case .greater: try combine(a, b) { $0 > $1 }
    case .greaterEqual: try combine(a, b) { $0 >= $1 }
    default: preconditionFailure("\(rawValue) is not a comparison")
    }
  }
}

// MARK: Division as Python does it: the quotient rounded down, the remainder signed as the divisor

private func floorQuotient<T: FixedWidthInteger>(_ a: T, _ b: T) -> T {
  if b == 0 { return 0 }
  let (quotient, overflow) = a.dividedReportingOverflow(by: b)
  // Only the smallest integer by -1: it wraps around to itself.
  if overflow { return a }
  return a % b != 0 && (a < 0) != (b < 0) ? quotient - 1 : quotient
}

private func floorRemainder<T: FixedWidthInteger>(_ a: T, _ b: T) -> T {
  if b == 0 { return 0 }
  let (remainder, overflow) = a.remainderReportingOverflow(dividingBy: b)
  if overflow { return 0 }
  return remainder != 0 && (remainder < 0) != (b < 0) ? remainder + b : remainder
}

/// a to the power of b ≥ 0 by squaring, modulo the width of the type.
private func wrappingPower<T: FixedWidthInteger>(_ a: T, _ b: T) -> T {
  var result: T = 1
  var base = a
  var exponent = b
  while exponent > 0 {
    if exponent & 1 == 1 { result = result &* base }
    base = base &* base
    exponent >>= 1
  }
  return result
}

private func floorQuotient<T: BinaryFloatingPoint>(_ a: T, _ b: T) -> T {
  if b == 0 { return a / b }
  let remainder = a.truncatingRemainder(dividingBy: b)
  var quotient = (a - remainder) / b
  if remainder != 0, (b < 0) != (remainder < 0) { quotient -= 1 }
  guard quotient != 0 else { return T(signOf: a / b, magnitudeOf: 0) }
  // The division above may have missed a whole number by rounding.
  let floor = quotient.rounded(.down)
  return quotient - floor > 0.5 ? floor + 1 : floor
}

private func floorRemainder<T: BinaryFloatingPoint>(_ a: T, _ b: T) -> T {
  let remainder = a.truncatingRemainder(dividingBy: b)
  // NaN of division by zero stays as it is.
  if b == 0 { return remainder }
  if remainder == 0 { return T(signOf: b, magnitudeOf: 0) }
  return (b < 0) != (remainder < 0) ? remainder + b : remainder
}
