import Glibc
import Messages

extension NDArray {
  /// One axis that holds the values.
  package init<T: ArrayElement>(_ values: [T]) {
    self.init(shape: [values.count], elements: T.elements(values))
  }

  /// - Precondition: there are as many values as the shape asks for.
  package init<T: ArrayElement>(shape: [Int], values: [T]) {
    self.init(shape: shape, elements: T.elements(values))
  }

  /// An array without axes.
  package init<T: ArrayElement>(scalar value: T) {
    self.init(shape: [], elements: T.elements([value]))
  }

  /// As `np.full`: every element is `value`, cast to `type`.
  package init(
    filled value: some ArrayElement, shape: [Int], type: ElementType
  ) throws(Diagnostic) {
    let count = try NDArray.checkedCount(shape: shape, type: type)
    let one = try NDArray(scalar: value).asType(type)
    self.init(shape: shape, elements: try one.elements.repeated(count))
  }

  package static func zeros(
    _ shape: [Int], type: ElementType = .float64
  ) throws(Diagnostic) -> NDArray {
    try NDArray(filled: false, shape: shape, type: type)
  }

  package static func ones(
    _ shape: [Int], type: ElementType = .float64
  ) throws(Diagnostic) -> NDArray {
    try NDArray(filled: true, shape: shape, type: type)
  }

  /// As `np.arange` on integers: from `start` up to, but not including, `stop`.
  package static func arange(
    _ start: Int, _ stop: Int, step: Int = 1
  ) throws(Diagnostic) -> NDArray {
    guard step != 0 else { throw Diagnostic("the step must not be 0") }
    guard step > 0 ? start < stop : start > stop else { return NDArray([Int]()) }
    // The distance may exceed 64 bits with a sign; as a magnitude it never does.
    let distance = step > 0 ? UInt(bitPattern: stop &- start) : UInt(bitPattern: start &- stop)
    let count = (distance - 1) / step.magnitude + 1
    let length = try checkedCount(shape: [Int(clamping: count)], type: .int64)
    // Products of 64 bits take several instructions, so not where they are not needed.
    return NDArray(
      try step == 1
        ? [Int](computing: length) { start &+ $0 }
        : [Int](computing: length) { start &+ $0 &* step })
  }

  /// As `np.arange` on floats: `ceil((stop - start) / step)` values `start + i * step`, computed in
  /// `type`. NumPy takes the step from the first two elements, after their conversion: in steps of
  /// 0.5, whole numbers never leave the start.
  package static func arange(
    _ start: Double, _ stop: Double, step: Double = 1, type: ElementType = .float64
  ) throws(Diagnostic) -> NDArray {
    let length = ((stop - start) / step).rounded(.up)
    guard step != 0 else { throw Diagnostic("the step must not be 0") }
    guard length.isFinite else {
      throw Diagnostic("start, stop and step must be finite, not nan or inf")
    }
    let count = try checkedCount(shape: [max(0, length.asMagnitude)], type: .float64)
    let ends = try NDArray([start, start + step]).asType(type)
    switch type {
    case .uint8, .int16, .int32, .int64:
      let ends: [Int] = try ends.values()
      let (first, difference) = (ends[0], ends[1] &- ends[0])
      return try releasingTemporaries { () throws(Diagnostic) in
        try NDArray(try [Int](computing: count) { first &+ $0 &* difference }).asType(type)
      }
    case .float32:
      let ends: [Float] = try ends.values()
      let (first, difference) = (ends[0], ends[1] - ends[0])
      return NDArray(try [Float](computing: count) { first + Float($0) * difference })
    case .float64, .bool, .complex128:
      let difference = (start + step) - start
      return try releasingTemporaries { () throws(Diagnostic) in
        try NDArray(ArrayKernels.chosen.ramp(count, start: start, step: difference))
          .asType(type)
      }
    }
  }

  /// As `np.linspace`: `count` values evenly spaced from `start` to `stop`.
  package static func linspace(
    _ start: Double, _ stop: Double, count: Int = 50, endpoint: Bool = true
  ) throws(Diagnostic) -> NDArray {
    guard count >= 0 else {
      throw Diagnostic("the number of samples, \(count), must not be negative")
    }
    _ = try checkedCount(shape: [count], type: .float64)
    let intervals = endpoint ? count - 1 : count
    guard intervals > 0 else { return NDArray(try [Double](filled: start, count: count)) }
    let step = (stop - start) / Double(intervals)
    var values =
      try step == 0
      ? [Double](computing: count) { Double($0) / Double(intervals) * (stop - start) + start }
      : ArrayKernels.chosen.ramp(count, start: start, step: step)
    if endpoint { values[count - 1] = stop }
    return NDArray(values)
  }
}

extension Double {
  /// A size as an integer: as ``asInt``, but what is too large stays large.
  fileprivate var asMagnitude: Int { self >= 0x1p62 ? 1 << 62 : asInt }
}
