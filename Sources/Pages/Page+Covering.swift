import Lessons

/// How an open question covers what a block computes.
enum Cover {
  /// The first block with something to show says in its place why it does not.
  case announced
  case silent
}

extension Page {
  /// By block, whether an open question covers what the block computes: its outputs, and its values
  /// in the prose. A question covers all that follows it, up to the next heading.
  func covers(_ state: PageState) -> [Int: Cover] {
    guard !state.showsAnswers else { return [:] }
    var covers: [Int: Cover] = [:]
    var isOpen = false
    var isAnnounced = false
    for (index, block) in blocks.enumerated() {
      switch block {
      case .heading: isOpen = false
      case .prediction(let prediction) where !isOpen:
        isOpen = state.progress.predictions[prediction.id] == nil
        isAnnounced = false
      default: break
      }
      guard isOpen else { continue }
      let hasOutputs = block.cells.contains { !$0.isStatic }
      covers[index] = hasOutputs && !isAnnounced ? .announced : .silent
      isAnnounced = isAnnounced || hasOutputs
    }
    return covers
  }
}
