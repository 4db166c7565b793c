/// The formulas extracted from a lesson, indexed by placeholder number.
struct ExtractedFormulas {
  /// The part of a formula on one line. The first part holds the formula.
  struct Part {
    /// The verbatim source, including dollars.
    var source: String
    var formula: Formula?
  }

  struct Formula {
    var tex: String
    var isDisplayed: Bool
  }

  enum Segment {
    case text(String)
    case formula(Formula)
    /// A further line of the preceding formula.
    case continuation
  }

  private(set) var parts: [Part] = []

  /// - Parameters:
  ///   - lines: the formula's source by line, including dollars.
  ///   - marks: the number of dollars at each end.
  mutating func append(_ lines: [String], marks: Int) {
    let tex = String(lines.joined(separator: "\n").dropFirst(marks).dropLast(marks))
    for (index, line) in lines.enumerated() {
      let formula = index == 0 ? Formula(tex: tex, isDisplayed: marks == 2) : nil
      parts.append(Part(source: line, formula: formula))
    }
  }

  /// `text` with the source of its formulas restored, for code and URLs.
  func restored(_ text: String) -> String {
    guard text.unicodeScalars.contains(FormulaPlaceholder.opening) else { return text }
    return split(text) { .text($0.source) }.reduce(into: "") {
      if case .text(let piece) = $1 { $0 += piece }
    }
  }

  func segments(of text: String) -> [Segment] {
    guard text.unicodeScalars.contains(FormulaPlaceholder.opening) else { return [.text(text)] }
    return split(text) { $0.formula.map(Segment.formula) ?? .continuation }
  }

  private func split(_ text: String, replacing: (Part) -> Segment) -> [Segment] {
    var segments: [Segment] = []
    var rest = text.unicodeScalars[...]
    while let opening = rest.firstIndex(of: FormulaPlaceholder.opening),
      let closing = rest[opening...].firstIndex(of: FormulaPlaceholder.closing)
    {
      if opening > rest.startIndex {
        segments.append(.text(String(rest[..<opening])))
      }
      let number = String(rest[rest.index(after: opening)..<closing])
      if let index = Int(number), parts.indices.contains(index) {
        segments.append(replacing(parts[index]))
      }
      rest = rest[rest.index(after: closing)...]
    }
    if !rest.isEmpty { segments.append(.text(String(rest))) }
    return segments
  }
}
