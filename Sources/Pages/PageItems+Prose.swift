import Lessons
import Terminal

extension PageItems {
  func item(for block: Block, at index: Int) -> PageItem {
    if let item = made.prose[index] { return item }
    let item = makeItem(for: block, at: index)
    made.prose[index] = item
    return item
  }

  private func makeItem(for block: Block, at index: Int) -> PageItem {
    let text = prose(ofBlock: index)
    switch block {
    case .heading:
      return .lines(kind: .heading) { width, _ in text.lines(of: block, width: width) }
    case .prediction(let prediction): return predictionItem(prediction)
    case .callout(kind: "TASK", let blocks): return taskItem(blocks, text)
    case .table(let header, let alignments, let rows):
      return tableItem(
        .table(owner: "text \(index)", index: 0),
        text.table(header: header, alignments: alignments, rows: rows), kind: .prose)
    default:
      return .lines(kind: .prose) { width, _ in text.lines(of: block, width: width) }
    }
  }

  /// A task with the results of its checks, unless an open question covers it.
  private func taskItem(_ blocks: [Block], _ text: ProseText) -> PageItem {
    let ids = blocks.flatMap(\.cells).filter { !$0.isStatic }.map(\.id)
    let isDone = !ids.isEmpty && ids.allSatisfy(state.progress.doneTasks.contains)
    let checks = text.isCovered ? [] : snapshot.checks(ofTask: ids, state)
    return .lines(kind: .prose) { width, _ in
      text.lines(ofTask: blocks, isDone: isDone, checks: checks, width: width)
    }
  }

  /// A question; focusable while it is open.
  private func predictionItem(_ prediction: Prediction) -> PageItem {
    let target = FocusTarget.prediction(prediction.id)
    let answer = state.progress.predictions[prediction.id]
    let isOpen = answer == nil && !state.showsAnswers
    var item = PageItem.lines(kind: .prose, target: isOpen ? target : nil) { width, isFocused in
      let display: ProseText.PredictionDisplay =
        switch answer {
        case _ where state.showsAnswers: .solved
        case .chosen(let answer): .answered(answer)
        case .skipped: .answered(nil)
        case nil: .open(isFocused: isFocused)
        }
      return prose.lines(of: prediction, display, width: width)
    }
    item.part = { _, y, frame, _ in
      prose.answerRows(of: prediction, width: frame.width).firstIndex { $0.contains(y - frame.y) }
        .map(PagePart.choice)
    }
    return item
  }
}
