extension [Block] {
  /// What the blocks say, without mark-up, as one line: equal for equal texts, however they are laid
  /// out in the file. Unlike ``Inline/plainText`` it keeps formulas as they are written.
  package var statement: String {
    map(\.statement).joined(separator: " ").split(whereSeparator: \.isWhitespace)
      .joined(separator: " ")
  }
}

extension Block {
  fileprivate var statement: String {
    switch self {
    case .heading(_, let inlines), .paragraph(let inlines): inlines.statement
    case .list(_, let items): items.map(\.blocks.statement).joined(separator: " ")
    case .quote(let blocks), .callout(_, let blocks): blocks.statement
    case .prediction(let prediction): prediction.question.statement
    case .table(let header, _, let rows):
      ([header] + rows).joined().map(\.statement).joined(separator: " ")
    case .code(_, let text): text
    case .cell(let cell): cell.source
    case .mathematics(let tex): tex
    case .problem: ""
    }
  }

  /// The cells inside, each with the statement of the task that it checks.
  ///
  /// - Parameter task: of the call-out around this block.
  func cellsWithTasks(in task: String?) -> [(cell: LessonCell, task: String?)] {
    switch self {
    case .cell(let cell): return [(cell, task)]
    case .callout(kind: "TASK", let blocks):
      let prose = blocks.filter { $0.cells.isEmpty }.statement
      return blocks.flatMap { $0.cellsWithTasks(in: prose) }
    default: return children.flatMap { $0.cellsWithTasks(in: task) }
    }
  }
}

extension [Inline] {
  fileprivate var statement: String { map(\.statement).joined() }
}

extension Inline {
  fileprivate var statement: String {
    switch self {
    case .text(let text), .code(let text), .mathematics(let text): text
    case .value(let value): value.source
    case .lineBreak, .softBreak: " "
    case .emphasis(let inlines), .strong(let inlines), .strikethrough(let inlines),
      .link(let inlines, _):
      inlines.statement
    }
  }
}
