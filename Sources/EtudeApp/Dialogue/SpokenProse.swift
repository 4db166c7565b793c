import Lessons
import Notebook
import Pages
import Terminal

/// Prose in words. Formulas in the text are on one line, in ASCII; those in blocks of their own are
/// said in words.
struct SpokenProse {
  private let text: ProseText

  /// - Parameters:
  ///   - block: whose inline values are said.
  ///   - isCovered: whether they would give an answer away.
  init(_ reader: Reader, for block: Block, isCovered: Bool) {
    var values: [String: InlineResult] = [:]
    for value in block.inlineValues {
      let result = reader.snapshot.inlineValues[value.id]
      values[value.id] =
        switch result {
        case _ where isCovered: .text("(covered)")
        case .text, .failed: result
        case .waiting, nil: .text("(not known yet)")
        }
    }
    text = ProseText(theme: .monochrome, charset: .ascii, inlineValues: values)
  }

  func lines(of blocks: [Block]) -> [SpokenLine] { blocks.flatMap(lines(of:)) }

  func lines(of block: Block) -> [SpokenLine] {
    switch block {
    case .heading: [.sentence("Heading: " + text.text(of: block))]
    case .paragraph: [.sentence(text.text(of: block))]
    case .list(let start, let items): lines(of: items, start: start)
    case .quote(let blocks): introduced("Quote", blocks)
    case .callout(let kind, let blocks):
      introduced(kind.prefix(1).uppercased() + kind.dropFirst().lowercased(), blocks)
    case .prediction(let prediction): lines(of: prediction, answer: nil, isSolved: true)
    case .table(let header, _, let rows):
      tableLines(
        headers: header.map { text.text(of: .paragraph($0)) },
        rows: rows.map { $0.map { text.text(of: .paragraph($0)) } }, limit: nil)
    case .code(let language, let code):
      codeLines("Code\(language.isEmpty ? "" : " in \(language)")", code)
    case .cell(let cell):
      cell.display == .hidden ? [] : codeLines("Code", cell.source)
    case .mathematics(let tex):
      [.sentence("Formula: " + Formula.spoken(tex))]
    case .problem(let problem):
      [
        .sentence(
          "Mistake in the lesson, line \(problem.line): \(problem.message)"
            + (problem.hint.map { "; \($0)" } ?? "") + ".")
      ]
    }
  }

  /// With a word before the first line.
  private func introduced(_ word: String, _ blocks: [Block]) -> [SpokenLine] {
    var lines = lines(of: blocks)
    if case .sentence(let first)? = lines.first {
      lines[0] = .sentence("\(word): \(first)")
    } else {
      lines.insert(.sentence("\(word):"), at: 0)
    }
    return lines
  }

  private func lines(of items: [ListItem], start: Int?) -> [SpokenLine] {
    let opening = items.count > 1 ? [SpokenLine.sentence("List of \(items.count):")] : []
    return opening
      + items.enumerated().flatMap { index, item -> [SpokenLine] in
        let mark =
          switch item.isChecked {
          case true?: "Done"
          case false?: "Open"
          case nil: "\((start ?? 1) + index)"
          }
        return introduced(mark, item.blocks)
      }
  }

  // MARK: Questions

  /// - Parameters:
  ///   - answer: the student's, or nil if she has skipped the question.
  ///   - isSolved: whether the question is over.
  func lines(of prediction: Prediction, answer: Int?, isSolved: Bool) -> [SpokenLine] {
    var result = introduced("Question", prediction.question)
    guard isSolved else {
      return result
        + prediction.answers.enumerated().flatMap {
          introduced("Answer \($0 + 1)", $1.blocks)
        }
    }
    for (index, candidate) in prediction.answers.enumerated()
    where candidate.isRight || index == answer {
      let word =
        switch (index == answer, candidate.isRight) {
        case (true, true): "You chose, and that is right"
        case (true, false): "You chose, and that is wrong"
        case (false, _): "Right answer"
        }
      result += introduced(word, candidate.blocks)
    }
    return result + lines(of: prediction.explanation)
  }
}

/// Code after a line that says what it is.
func codeLines(_ name: String, _ source: String) -> [SpokenLine] {
  var lines = source.split(separator: "\n", omittingEmptySubsequences: false)
  while lines.last?.isEmpty == true { lines.removeLast() }
  return [.sentence("\(name), \(counted(lines.count, "line")):")]
    + lines.map { .code(String($0)) }
}

/// A table row by row; each cell after the name of its column.
///
/// - Parameter limit: the rows that are said; nil for all.
func tableLines(headers: [String], rows: [[String]], limit: Int?) -> [SpokenLine] {
  let headers = headers.map { $0.replacing(" \\ ", with: " by ") }
  let names = headers.map { $0.isEmpty ? "name" : $0 }
  /// What is said before a cell. A number in a header is kept apart from the cell's own.
  func introduction(_ header: String) -> String {
    guard header.last?.isNumber == true else { return header.isEmpty ? "" : "\(header) " }
    let isNumber = header.allSatisfy { $0.isNumber || ".,".contains($0) }
    return (isNumber && headers[0] != "" ? "\(headers[0]) " : "") + "\(header): "
  }
  let columns = names.isEmpty ? "" : "; columns: \(names.joined(separator: "; "))"
  var lines: [SpokenLine] = [.sentence("Table, \(counted(rows.count, "row"))\(columns).")]
  for row in rows.prefix(limit ?? .max) {
    let cells = row.dropFirst().enumerated().filter { !$0.element.isEmpty }.map { index, cell in
      (index + 1 < headers.count ? introduction(headers[index + 1]) : "") + cell
    }
    let rest = cells.isEmpty ? "" : ": " + cells.joined(separator: "; ")
    lines.append(.sentence("\(row.first ?? "")\(rest).".inWords))
  }
  let more = rows.count - min(rows.count, limit ?? .max)
  if more > 0 { lines.append(.sentence("And \(counted(more, "more row", "more rows")).")) }
  return lines
}
