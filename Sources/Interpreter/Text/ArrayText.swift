import Compute

/// Prints arrays as NumPy 2 does with its default options.
enum ArrayText {
  private static let lineWidth = 75
  /// Above this many elements only the edges of each axis are shown.
  private static let threshold = 1000
  private static let edgeItems = 3

  /// "[1 2 3]"
  static func str(of array: NDArray) -> String {
    body(of: array, separator: " ", indentation: 1, lineWidth: lineWidth)
  }

  /// "array([1, 2, 3], dtype=int16)"
  static func repr(of array: NDArray) -> String {
    let count = array.elements.count
    let prefix = "array("
    let text =
      prefix
      + body(
        of: array, separator: ", ", indentation: prefix.count + 1, lineWidth: lineWidth - 1)
    var extras: [String] = []
    if count > threshold || count == 0 && array.shape != [0] {
      extras.append("shape=" + Value.tuple(array.shape.map { .int($0) }).repr)
    }
    let type = array.elements.type
    // NumPy's default types.
    if ![.int64, .float64, .complex128, .bool].contains(type) || count == 0 {
      extras.append("dtype=\(type.rawValue)")
    }
    guard !extras.isEmpty else { return text + ")" }
    let ending = extras.joined(separator: ", ") + ")"
    let lastLine =
      text.utf8.count
      - (text.utf8.lastIndex(of: 10).map { text.utf8.distance(from: text.startIndex, to: $0) + 1 }
        ?? 0)
    let fits = lastLine + 1 + ending.count + 1 <= lineWidth
    let gap = fits ? " " : "\n" + String(repeating: " ", count: prefix.count)
    return text + "," + gap + ending
  }

  // MARK: Layout

  private static func body(
    of array: NDArray, separator: String, indentation: Int, lineWidth: Int
  ) -> String {
    guard array.elements.count > 0 else { return "[]" }
    let layout = Layout(
      shape: array.shape, isSummarized: array.elements.count > threshold, separator: separator)
    let word = elementFormat(of: array, shown: layout.shownElements())
    return layout.text(word, indentation: indentation, lineWidth: lineWidth)
  }

  /// Brackets, line breaks and the dots that replace omitted elements.
  private struct Layout {
    var shape: [Int]
    var isSummarized: Bool
    var separator: String

    /// The indices along an axis that are shown; nil for the dots.
    func positions(axis: Int) -> [Int?] {
      let count = shape[axis]
      guard isSummarized, count > 2 * edgeItems else { return Array(0..<count) }
      return Array(0..<edgeItems) + [nil] + Array(count - edgeItems..<count)
    }

    /// Offsets of the elements that are shown.
    func shownElements() -> [Int] {
      var offsets = [0]
      for axis in shape.indices {
        let shown = positions(axis: axis).compactMap { $0 }
        offsets = offsets.flatMap { offset in shown.map { offset * shape[axis] + $0 } }
      }
      return offsets
    }

    /// - Parameters:
    ///   - indentation: Columns before an element of the first axis.
    ///   - lineWidth: Lines break before a word that would exceed it.
    func text(
      _ word: (Int) -> String, indentation: Int, lineWidth: Int, axis: Int = 0, offset: Int = 0
    ) -> String {
      let margin = String(repeating: " ", count: indentation)
      var text = ""
      if axis == shape.count - 1 {
        // The separator's visible part, or the closing bracket, takes one column.
        let width = lineWidth - 1
        var line = margin
        for (number, position) in positions(axis: axis).enumerated() {
          let item = position.map { word(offset * shape[axis] + $0) } ?? "..."
          if number > 0 { line += separator }
          if line.utf8.count + item.utf8.count > width, line.utf8.count > margin.utf8.count {
            text += line.trimmedRight + "\n"
            line = margin
          }
          line += item
        }
        text += line
      } else {
        let lineBreaks = String(repeating: "\n", count: shape.count - axis - 1)
        for (number, position) in positions(axis: axis).enumerated() {
          if number > 0 { text += separator.trimmedRight + lineBreaks }
          text += margin
          text +=
            position.map {
              self.text(
                word, indentation: indentation + 1, lineWidth: lineWidth - 1, axis: axis + 1,
                offset: offset * shape[axis] + $0)
            } ?? "..."
        }
      }
      return "[" + text.dropFirst(indentation) + "]"
    }
  }

  // MARK: Elements

  /// Formats the element at an offset to the width of those shown.
  private static func elementFormat(of array: NDArray, shown: [Int]) -> (Int) -> String {
    switch array.elements {
    case .bool(let a): { a[$0] ? " True" : "False" }
    case .float32(let a): floatFormat(a, shown)
    case .float64(let a): floatFormat(a, shown)
    case .complex128(let a): complexFormat(a, shown)
    default: integerFormat(array, shown)
    }
  }

  private static func integerFormat(_ array: NDArray, _ shown: [Int]) -> (Int) -> String {
    func digits(_ index: Int) -> String { array.pythonNumber(at: index).repr }
    let width = shown.reduce(0) { max($0, digits($1).utf8.count) }
    return { digits($0).paddedLeft(to: width) }
  }

  private static func floatFormat<T: PrintableFloat>(
    _ a: [T], _ shown: [Int]
  ) -> (Int) -> String {
    let format = FloatColumn(shown.map { a[$0] })
    return { format.text(of: a[$0]) }
  }

  private static func complexFormat(_ a: [Complex], _ shown: [Int]) -> (Int) -> String {
    let real = FloatColumn(shown.map { a[$0].real })
    let imaginary = FloatColumn(shown.map { a[$0].imaginary }, showsPlus: true)
    return { index in
      let text = imaginary.text(of: a[index].imaginary)
      let digits = text.trimmedRight
      let padding = text.dropFirst(digits.count)
      return real.text(of: a[index].real) + digits + "j" + padding
    }
  }
}

extension String {
  func paddedLeft(to width: Int) -> String {
    String(repeating: " ", count: max(0, width - utf8.count)) + self
  }

  var trimmedRight: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
