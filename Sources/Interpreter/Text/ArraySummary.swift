import Compute
import Concurrency
import Messages

extension Output {
  /// An array in one line and a sparkline.
  package static func summary(of array: NDArray) throws(Diagnostic) -> Output {
    try summary(of: array, module: "")
  }

  /// The same for a tensor, with PyTorch's name for its type: "torch.float32, shape (5,), −1 … 1".
  static func summary(of tensor: Tensor) throws(Diagnostic) -> Output {
    try summary(of: tensor.array, module: "torch.")
  }

  private static func summary(of array: NDArray, module: String) throws(Diagnostic) -> Output {
    let summary = try ArraySummary(of: array)
    return .arraySummary(module + summary.line, sparkline: summary.sparkline)
  }
}

/// An array in a few words and a few points. Takes no memory for the elements, whatever their type.
private struct ArraySummary {
  /// "float64, shape (220500,), −1 … 0.92"
  let line: String
  /// The least and the largest value of each of equal segments, in order of occurrence, so that no
  /// peak is lost. Non-finite values are left out.
  let sparkline: [Double]

  /// The maximum number of points of a sparkline.
  private static let sparklineLimit = 200

  init(of array: NDArray) throws(Diagnostic) {
    var range = FiniteRange()
    switch array.elements {
    case .bool(let values): sparkline = try Self.sparkline(of: values, &range) { $0 ? 1 : 0 }
    case .uint8(let values): sparkline = try Self.sparkline(of: values, &range) { Double($0) }
    case .int16(let values): sparkline = try Self.sparkline(of: values, &range) { Double($0) }
    case .int32(let values): sparkline = try Self.sparkline(of: values, &range) { Double($0) }
    case .int64(let values): sparkline = try Self.sparkline(of: values, &range) { Double($0) }
    case .float32(let values): sparkline = try Self.sparkline(of: values, &range) { Double($0) }
    case .float64(let values): sparkline = try Self.sparkline(of: values, &range) { $0 }
    case .complex128(let values):
      sparkline = try Self.sparkline(of: values, &range) { $0.magnitude }
    }
    let type = array.type
    let head = "\(type.rawValue), shape \(Value.tuple(array.shape.map { .int($0) }).repr), "
    if case .bool(let flags) = array.elements {
      line = head + "\(flags.count { $0 }) of \(flags.count) True"
    } else if range.count == 0 {
      line = head + (array.count == 0 ? "empty" : "no finite number")
    } else {
      let others = array.count - range.count
      line =
        head + (type == .complex128 ? "magnitude " : "")
        + (range.least == range.largest
          ? "all \(Self.text(range.least))"
          : "\(Self.text(range.least)) … \(Self.text(range.largest))")
        + (others > 0 ? ", \(others) not finite" : "")
    }
  }

  /// Three digits, or a whole number in full; with a true minus sign.
  private static func text(_ value: Double) -> String {
    let magnitude = abs(value)
    let isPlain = magnitude < 1e15 && (magnitude == magnitude.rounded() || magnitude >= 1000)
    let text =
      isPlain && (magnitude < 1e6 || magnitude == magnitude.rounded())
      ? printed(magnitude, precision: 0, conversion: "f")
      : printed(magnitude, precision: 3, conversion: "g")
    return (value < 0 ? "−" : "") + text
  }

  /// Also adds all elements to `range`.
  private static func sparkline<Element>(
    of values: [Element], _ range: inout FiniteRange, _ number: (Element) -> Double
  ) throws(Diagnostic) -> [Double] {
    guard values.count > sparklineLimit else {
      var points: [Double] = []
      for element in values where number(element).isFinite {
        range.add(number(element))
        points.append(number(element))
      }
      return points
    }
    let segmentCount = sparklineLimit / 2
    var points: [Double] = []
    for segment in 0..<segmentCount {
      var part = FiniteRange()
      let start = segment * values.count / segmentCount
      let end = (segment + 1) * values.count / segmentCount
      try Budget.check()
      for index in start..<end { part.add(number(values[index])) }
      range.add(part)
      guard part.count > 0 else { continue }
      points += part.risesLast ? [part.least, part.largest] : [part.largest, part.least]
    }
    return points
  }
}

/// The least and the largest of the finite numbers that were added.
private struct FiniteRange {
  private(set) var least = Double.infinity
  private(set) var largest = -Double.infinity
  private(set) var count = 0
  /// Whether the largest number came after the least one.
  private(set) var risesLast = true

  mutating func add(_ number: Double) {
    guard number.isFinite else { return }
    count += 1
    if number < least {
      least = number
      risesLast = false
    }
    if number > largest {
      largest = number
      risesLast = true
    }
  }

  mutating func add(_ other: FiniteRange) {
    least = min(least, other.least)
    largest = max(largest, other.largest)
    count += other.count
  }
}
