import Glibc
import Messages

extension NDArray {
  /// The largest whole number that is not larger; integers and booleans stay as they are.
  package func floor() throws(Diagnostic) -> NDArray { try rounded(.down) }

  /// The smallest whole number that is not smaller; integers and booleans stay as they are.
  package func ceiling() throws(Diagnostic) -> NDArray { try rounded(.up) }

  /// The next whole number towards 0; integers and booleans stay as they are.
  package func truncated() throws(Diagnostic) -> NDArray { try rounded(.towardZero) }

  private func rounded(_ rule: FloatingPointRoundingRule) throws(Diagnostic) -> NDArray {
    switch elements {
    case .float32(let values):
      NDArray(shape: shape, values: try ArrayKernels.chosen.rounded(values, rule))
    case .float64(let values):
      NDArray(shape: shape, values: try ArrayKernels.chosen.rounded(values, rule))
    case .complex128: throw Diagnostic("complex numbers cannot be rounded to one whole number")
    case .bool, .uint8, .int16, .int32, .int64: self
    }
  }

  /// As `np.round`: to a number of decimals, halves to the even neighbour; negative decimals
  /// round to tens, hundreds and so on.
  package func rounded(decimals: Int = 0) throws(Diagnostic) -> NDArray {
    // Beyond 400 decimals the scale is infinite either way.
    let scale = pow(10, Double(min(decimals.magnitude, 400)))
    func round(_ value: Double) -> Double {
      if decimals == 0 { return value.rounded(.toNearestOrEven) }
      return decimals > 0
        ? (value * scale).rounded(.toNearestOrEven) / scale
        : (value / scale).rounded(.toNearestOrEven) * scale
    }
    switch elements {
    case .bool:
      throw Diagnostic(
        "np.round of bool would be float16, which arrays cannot hold here",
        hint: "convert it first: x.astype(float)")
    case .uint8, .int16, .int32, .int64:
      if decimals >= 0 { return self }
      return try .releasingTemporaries { () throws(Diagnostic) in
        try NDArray(shape: shape, values: try elements.accept(RealMapping(body: round)))
          .asType(type)
      }
    case .float32(let values):
      let single = Float(scale)
      return NDArray(
        shape: shape,
        values: try values.mapInChunks { value in
          decimals == 0
            ? value.rounded(.toNearestOrEven)
            : decimals > 0
              ? (value * single).rounded(.toNearestOrEven) / single
              : (value / single).rounded(.toNearestOrEven) * single
        })
    case .float64(let values):
      return NDArray(
        shape: shape,
        values: try decimals == 0
          ? ArrayKernels.chosen.rounded(values, .toNearestOrEven)
          : ArrayKernels.chosen.rounded(values, scale: scale, isFraction: decimals > 0))
    case .complex128(let values):
      return NDArray(
        shape: shape,
        values: try values.mapInChunks { Complex(round($0.real), round($0.imaginary)) })
    }
  }

  /// -1, 0 or 1, or nan, in the same type; of a complex number the one of length 1 in its
  /// direction.
  package func signs() throws(Diagnostic) -> NDArray {
    switch elements {
    case .bool: throw Diagnostic("np.sign is not defined for boolean arrays")
    case .uint8(let values): NDArray(shape: shape, values: try values.mapInChunks { $0.signum() })
    case .int16(let values): NDArray(shape: shape, values: try values.mapInChunks { $0.signum() })
    case .int32(let values): NDArray(shape: shape, values: try values.mapInChunks { $0.signum() })
    case .int64(let values): NDArray(shape: shape, values: try values.mapInChunks { $0.signum() })
    case .float32(let values): NDArray(shape: shape, values: try values.mapInChunks(sign))
    case .float64(let values):
      NDArray(shape: shape, values: try ArrayKernels.chosen.signs(values))
    case .complex128(let values):
      NDArray(
        shape: shape,
        values: try values.mapInChunks { value in
          value.asBool
            ? Complex(value.real / value.magnitude, value.imaginary / value.magnitude) : value
        })
    }
  }

  /// As `np.clip`: what is below `minimum` or above `maximum` is set to it; nan stays.
  ///
  /// Plain integers beyond the range of an integer array limit nothing there.
  package func clipped(
    minimum: Operand?, maximum: Operand?
  ) throws(Diagnostic) -> NDArray {
    let type = ElementType.promoting([.array(self)] + [minimum, maximum].compactMap { $0 })
    return try .releasingTemporaries { () throws(Diagnostic) in
      // Without an end, nothing lies beyond it.
      let low = minimum.map { $0.number } ?? -.infinity
      let high = maximum.map { $0.number } ?? .infinity
      if case .float64(let values) = try asType(type).elements, let low, let high {
        return NDArray(
          shape: shape, values: try ArrayKernels.chosen.clipped(values, low: low, high: high))
      }
      var result = try asType(type)
      if let minimum {
        result = try .binary(.maximum, .array(result), minimum.limited(to: type))
      }
      if let maximum {
        result = try .binary(.minimum, .array(result), maximum.limited(to: type))
      }
      return result
    }
  }
}

private func sign<T: BinaryFloatingPoint>(_ value: T) -> T {
  value > 0 ? 1 : value < 0 ? -1 : value == 0 ? 0 : value
}

extension Operand {
  /// The number, if it is one and real.
  fileprivate var number: Double? {
    array.isScalar && array.type != .complex128 ? try? array.doubles[0] : nil
  }

  /// A plain integer brought into the range of an integer type.
  fileprivate func limited(to type: ElementType) -> Operand {
    guard case .int(let value) = self, let range = type.integerRange else { return self }
    return .int(min(max(value, range.lowerBound), range.upperBound))
  }
}
