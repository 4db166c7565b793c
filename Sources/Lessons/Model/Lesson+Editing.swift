import CellLanguage
import Messages

extension Lesson {
  package func cell(_ id: String) -> LessonCell? {
    cells.first { $0.id == id }
  }

  /// Replaces a cell's text. Has no effect if there is no such cell.
  package mutating func replaceSource(ofCell id: String, by source: String) {
    for index in pages.indices where pages[index].cells.contains(where: { $0.id == id }) {
      pages[index].blocks = pages[index].blocks.map { $0.replacingSource(ofCell: id, by: source) }
    }
  }
}

extension Block {
  fileprivate func replacingSource(ofCell id: String, by source: String) -> Block {
    func replaced(_ blocks: [Block]) -> [Block] {
      blocks.map { $0.replacingSource(ofCell: id, by: source) }
    }
    switch self {
    case .cell(var cell) where cell.id == id:
      cell.source = source
      cell.program = Result { () throws(SyntaxFaults) in try Program(readingCell: source) }
      return .cell(cell)
    case .list(let start, let items):
      return .list(
        start: start,
        items: items.map { ListItem(isChecked: $0.isChecked, blocks: replaced($0.blocks)) })
    case .quote(let blocks): return .quote(replaced(blocks))
    case .callout(let kind, let blocks): return .callout(kind: kind, replaced(blocks))
    case .prediction(var prediction):
      prediction.question = replaced(prediction.question)
      prediction.explanation = replaced(prediction.explanation)
      for index in prediction.answers.indices {
        prediction.answers[index].blocks = replaced(prediction.answers[index].blocks)
      }
      return .prediction(prediction)
    case .heading, .paragraph, .table, .code, .cell, .mathematics, .problem: return self
    }
  }
}
