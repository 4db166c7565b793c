import CellLanguage
import Messages

extension LessonReader {
  mutating func cell(_ node: MarkdownNode, label: String, text: String) -> LessonCell {
    cellCount += 1
    let position = "\(pageNumber)-\(cellCount)"
    var id = position
    let attributes = CellAttributes(label)
    for error in attributes.errors {
      report(
        line: node.line, column: column(of: error.part, onLine: node.line), error.message,
        error.hint)
    }
    if let name = attributes.id {
      if claim(name, for: "cell", line: node.line) { id = name }
    } else if !attributes.isStatic, let name = taskName {
      (id, taskName) = (name, nil)
    }
    let line = node.line + 1
    let column = indentation(of: text, onLine: line)
    let program = Result { () throws(SyntaxFaults) in try Program(readingCell: text) }
    if case .failure(let syntax) = program, !attributes.isStatic {
      for fault in syntax.faults { record(fault, line: line, column: column) }
    }
    return LessonCell(
      id: id, position: position, source: text, display: attributes.display,
      isStatic: attributes.isStatic,
      program: program, line: line, column: column)
  }

  /// Takes an explicit id for a part of the lesson; reports it when another part has it already.
  mutating func claim(_ name: String, for kind: String, line: Int) -> Bool {
    if let first = namedParts[name] {
      report(
        line: line, column: column(of: "#" + name, onLine: line),
        "the name '\(name)' is already used by the \(first.kind) on line \(first.line)",
        "give this one another name")
      return false
    }
    namedParts[name] = (kind, line)
    return true
  }

  /// The column at which a cell's text starts on its first line. cmark has removed the marks and
  /// indentation of surrounding quotes and lists.
  private func indentation(of text: String, onLine line: Int) -> Int {
    let inFile = String(decoding: source[line], as: UTF8.self)
    let inCell = text.prefix { $0 != "\n" }
    return inFile.hasSuffix(inCell)
      ? inFile.unicodeScalars.count - inCell.unicodeScalars.count + 1 : 1
  }

  func column(of part: String, onLine line: Int) -> Int {
    let start = source.offset(ofLine: line)
    let end = source.offset(ofLine: line + 1)
    guard let index = source.firstIndex(of: Array(part.utf8), from: start, to: end) else {
      return 1
    }
    return source.position(ofByte: index).column
  }
}
