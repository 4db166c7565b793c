import Compute

extension Output {
  /// An array in one line and a sparkline.
  package static func summary(of array: NDArray) -> Output { summary(of: array, module: "") }

  /// The same for a tensor, with PyTorch's name for its type: "torch.float32, shape (5,), −1 … 1".
  static func summary(of tensor: Tensor) -> Output { summary(of: tensor.array, module: "torch.") }

  private static func summary(of array: NDArray, module: String) -> Output {
    let values = array.magnitudes
    return .arraySummary(
      module + ArraySummary.line(of: array, values: values),
      sparkline: ArraySummary.sparkline(of: values))
  }
}

enum ArraySummary {
  /// The maximum number of points of a sparkline.
  static let sparklineLimit = 200

  /// "float64, shape (220500,), −1 … 0.92"
  ///
  /// - Parameter values: The elements as floats, complex ones by their magnitude.
  static func line(of array: NDArray, values: [Double]) -> String {
    let type = array.elements.type
    let head = "\(type.rawValue), shape \(Value.tuple(array.shape.map { .int($0) }).repr), "
    if case .bool(let flags) = array.elements {
      return head + "\(flags.count { $0 }) of \(flags.count) True"
    }
    let finite = values.filter(\.isFinite)
    guard let least = finite.min(), let largest = finite.max() else {
      return head + (values.isEmpty ? "empty" : "no finite number")
    }
    let range = least == largest ? "all \(text(least))" : "\(text(least)) … \(text(largest))"
    let others = values.count - finite.count
    return head + (type == .complex128 ? "magnitude " : "") + range
      + (others > 0 ? ", \(others) not finite" : "")
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

  /// The least and the largest value of each of equal segments, in order of occurrence, so that no
  /// peak is lost. Non-finite values are left out.
  static func sparkline(of values: [Double]) -> [Double] {
    guard values.count > sparklineLimit else { return values.filter(\.isFinite) }
    let segmentCount = sparklineLimit / 2
    return (0..<segmentCount).flatMap { segment in
      let start = segment * values.count / segmentCount
      let end = (segment + 1) * values.count / segmentCount
      let finite = (start..<end).filter { values[$0].isFinite }
      guard let low = finite.min(by: { values[$0] < values[$1] }),
        let high = finite.max(by: { values[$0] < values[$1] })
      else { return [Double]() }
      return [values[min(low, high)], values[max(low, high)]]
    }
  }
}

extension NDArray {
  /// All elements as floats; for complex numbers the magnitude.
  fileprivate var magnitudes: [Double] {
    guard case .complex128(let values) = elements else { return doubles }
    return values.map(\.magnitude)
  }
}
