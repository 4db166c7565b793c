import Lessons
import Terminal

extension PageItems {
  func item(for block: Block, at index: Int) -> PageItem {
    let text = prose(ofBlock: index)
    switch block {
    case .heading:
      return .lines(kind: .heading) { text.lines(of: block, width: $0) }
    case .prediction(let prediction): return predictionItem(prediction)
    case .callout(kind: "TASK", let blocks): return taskItem(blocks, text)
    default:
      return .lines(kind: .prose) { text.lines(of: block, width: $0) }
    }
  }

  /// With what its checks say, unless an open question covers it.
  private func taskItem(_ blocks: [Block], _ text: ProseText) -> PageItem {
    let ids = blocks.flatMap(\.cells).filter { !$0.isStatic }.map(\.id)
    let isDone = !ids.isEmpty && ids.allSatisfy(state.progress.doneTasks.contains)
    let checks = text.isCovered ? [] : ids.flatMap { snapshot.cells[$0]?.checks ?? [] }
    return .lines(kind: .prose) {
      text.lines(ofTask: blocks, isDone: isDone, checks: checks, width: $0)
    }
  }

  /// Can have the focus as long as it is open.
  private func predictionItem(_ prediction: Prediction) -> PageItem {
    let target = FocusTarget.prediction(prediction.id)
    let display: ProseText.PredictionDisplay =
      switch state.progress.predictions[prediction.id] {
      case _ where state.showsAnswers: .solved
      case .chosen(let answer): .answered(answer)
      case .skipped: .answered(nil)
      case nil: .open(isFocused: state.focus == target)
      }
    let isOpen = if case .open = display { true } else { false }
    return .lines(kind: .prose, target: isOpen ? target : nil) {
      prose.lines(of: prediction, display, width: $0)
    }
  }
}
