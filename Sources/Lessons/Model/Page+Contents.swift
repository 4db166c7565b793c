extension Lesson {
  /// All cells in source order.
  package var cells: [LessonCell] { pages.flatMap(\.cells) }

  package var inlineValues: [InlineValue] { pages.flatMap(\.inlineValues) }
}

extension Page {
  /// The page's cells in source order, including those in lists and quotes.
  package var cells: [LessonCell] { blocks.flatMap(\.cells) }

  package var inlineValues: [InlineValue] { blocks.flatMap(\.inlineValues) }

  /// The questions that cover something: those inside of lists and quotes do not.
  package var predictions: [Prediction] {
    blocks.compactMap { block in
      if case .prediction(let prediction) = block { prediction } else { nil }
    }
  }

  /// The ids of the cells that check the page's tasks, in source order.
  package var tasks: [String] { blocks.flatMap(\.tasks) }
}

extension Block {
  fileprivate var tasks: [String] {
    if case .callout(kind: "TASK", _) = self { return cells.filter { !$0.isStatic }.map(\.id) }
    return children.flatMap(\.tasks)
  }

  package var cells: [LessonCell] {
    switch self {
    case .cell(let cell): [cell]
    default: children.flatMap(\.cells)
    }
  }

  package var inlineValues: [InlineValue] {
    inlines.flatMap(\.inlineValues) + children.flatMap(\.inlineValues)
  }

  /// The blocks directly inside this one.
  var children: [Block] {
    switch self {
    case .list(_, let items): items.flatMap(\.blocks)
    case .quote(let blocks), .callout(_, let blocks): blocks
    case .prediction(let prediction):
      prediction.question + prediction.answers.flatMap(\.blocks) + prediction.explanation
    case .heading, .paragraph, .table, .code, .cell, .mathematics, .problem: []
    }
  }

  private var inlines: [Inline] {
    switch self {
    case .heading(_, let inlines), .paragraph(let inlines): inlines
    case .table(let header, _, let rows): Array(header.joined()) + rows.joined().joined()
    case .list, .quote, .callout, .prediction, .code, .cell, .mathematics, .problem: []
    }
  }
}

extension Inline {
  fileprivate var inlineValues: [InlineValue] {
    switch self {
    case .value(let value): [value]
    case .emphasis(let inlines), .strong(let inlines), .strikethrough(let inlines),
      .link(let inlines, _):
      inlines.flatMap(\.inlineValues)
    case .text, .code, .mathematics, .lineBreak, .softBreak: []
    }
  }

  /// The text without mark-up, with formulas rendered.
  var plainText: String {
    switch self {
    case .text(let text), .code(let text): text
    case .mathematics(let tex): Formula.text(tex, charset: .unicode)
    case .value(let value): value.source
    case .lineBreak, .softBreak: " "
    case .emphasis(let inlines), .strong(let inlines), .strikethrough(let inlines),
      .link(let inlines, _):
      inlines.map(\.plainText).joined()
    }
  }
}
