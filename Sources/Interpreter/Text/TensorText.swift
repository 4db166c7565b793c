import Compute

/// Prints tensors as PyTorch does with its default options: four digits after the point; above
/// a thousand elements only the edges.
enum TensorText {
  private static let lineWidth = 80
  private static let threshold = 1000
  private static let edgeItems = 3
  private static let precision = 4

  /// "tensor([0.5000, 1.0000], dtype=torch.float64)"
  static func text(of tensor: Tensor) -> String {
    let prefix = "tensor("
    let array = tensor.array
    var suffixes: [String] = []
    if tensor.device != .cpu { suffixes.append("device='\(tensor.device.pythonName)'") }
    if array.count == 0, array.axisCount != 1 {
      suffixes.append("size=" + NDArray.describe(shape: array.shape))
    }
    // PyTorch's default types; that of an empty tensor is float32.
    let usual: [ElementType] = array.count == 0 ? [.float32] : [.float32, .int64, .bool]
    if !usual.contains(array.type) { suffixes.append("dtype=torch.\(array.type.rawValue)") }
    var text = prefix + elements(of: array, indentation: prefix.count)
    var lastLine = text.utf8.count - (text.utf8.lastIndex(of: 10)?.utf16Offset(in: text) ?? -1) + 1
    for suffix in suffixes {
      if lastLine + suffix.count + 2 > lineWidth {
        text += ",\n" + String(repeating: " ", count: prefix.count) + suffix
        lastLine = prefix.count + suffix.count
      } else {
        text += ", " + suffix
        lastLine += suffix.count + 2
      }
    }
    return text + ")"
  }

  private static func elements(of array: NDArray, indentation: Int) -> String {
    guard array.count > 0 else { return "[]" }
    let isSummarized = array.count > threshold
    let column = Column(array, shown: shownOffsets(array.shape, isSummarized))
    return lines(
      array.shape[...], offset: 0, indentation: indentation, isSummarized, column)
  }

  /// The indices along an axis that are shown; nil for the dots.
  private static func positions(_ count: Int, _ isSummarized: Bool) -> [Int?] {
    guard isSummarized, count > 2 * edgeItems else { return Array(0..<count) }
    return Array(0..<edgeItems) + [nil] + Array(count - edgeItems..<count)
  }

  private static func shownOffsets(_ shape: [Int], _ isSummarized: Bool) -> [Int] {
    shape.reduce([0]) { offsets, count in
      let shown = positions(count, isSummarized).compactMap { $0 }
      return offsets.flatMap { offset in shown.map { offset * count + $0 } }
    }
  }

  private static func lines(
    _ shape: ArraySlice<Int>, offset: Int, indentation: Int, _ isSummarized: Bool, _ column: Column
  ) -> String {
    guard let count = shape.first else { return column.text(at: offset) }
    let rest = shape.dropFirst()
    let margin = "\n" + String(repeating: " ", count: indentation + 1)
    let positions = positions(count, isSummarized)
    guard rest.isEmpty else {
      let parts = positions.map { position in
        position.map {
          lines(
            rest, offset: offset * count + $0, indentation: indentation + 1, isSummarized, column)
        } ?? "..."
      }
      let blankLines = String(repeating: "\n", count: rest.count - 1)
      return "[" + parts.joined(separator: "," + blankLines + margin) + "]"
    }
    let words = positions.map { $0.map { column.text(at: offset * count + $0) } ?? " ..." }
    let perLine = max(1, (lineWidth - indentation) / (column.width + 2))
    let rows = stride(from: 0, to: words.count, by: perLine).map { start in
      words[start..<min(start + perLine, words.count)].joined(separator: ", ")
    }
    return "[" + rows.joined(separator: "," + margin) + "]"
  }

  // MARK: Elements

  /// Formats each element to the width of the widest shown.
  private struct Column {
    private let array: NDArray
    private let real: FloatStyle
    private let imaginary: FloatStyle
    let width: Int

    init(_ array: NDArray, shown: [Int]) {
      self.array = array
      switch array.elements {
      case .complex128(let values):
        real = FloatStyle(shown.map { values[$0].real })
        imaginary = FloatStyle(shown.map { values[$0].imaginary })
        width = real.width + imaginary.width + 1
      case .float32(let values):
        real = FloatStyle(shown.map { Double(values[$0]) })
        imaginary = real
        width = real.width
      case .float64(let values):
        real = FloatStyle(shown.map { values[$0] })
        imaginary = real
        width = real.width
      default:
        real = FloatStyle([])
        imaginary = real
        width = shown.reduce(1) { max($0, array.pythonNumber(at: $1).repr.utf8.count) }
      }
    }

    func text(at index: Int) -> String {
      switch array.elements {
      case .float32(let values): return real.text(of: Double(values[index]))
      case .float64(let values): return real.text(of: values[index])
      case .complex128(let values):
        let text = imaginary.text(of: values[index].imaginary).drop { $0 == " " } + "j"
        let sign = text.hasPrefix("-") ? "" : "+"
        return real.text(of: values[index].real) + sign + text
      default: return array.pythonNumber(at: index).repr.paddedLeft(to: width)
      }
    }
  }

  /// How the floats of one tensor are written: all as whole numbers with a point, all with an
  /// exponent, or all with four digits.
  private struct FloatStyle {
    private var isWhole = true
    private var hasExponent = false
    private(set) var width = 1

    init(_ values: [Double]) {
      let shown = values.filter { $0.isFinite && $0 != 0 }
      let magnitudes = shown.map(\.magnitude)
      guard let least = magnitudes.min(), let greatest = magnitudes.max() else { return }
      isWhole = shown.allSatisfy { $0 == $0.rounded() }
      hasExponent = greatest / least > 1000 || greatest > 1e8 || least < 1e-4
      width = shown.reduce(1) { max($0, digits(of: $1).utf8.count) }
    }

    func text(of value: Double) -> String { digits(of: value).paddedLeft(to: width) }

    private func digits(of value: Double) -> String {
      guard value.isFinite else { return nonFiniteText(value) }
      if hasExponent { return printed(value, precision: precision, conversion: "e") }
      if isWhole { return printed(value, precision: 0, conversion: "f") + "." }
      return printed(value, precision: precision, conversion: "f")
    }
  }
}
