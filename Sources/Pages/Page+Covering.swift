import Lessons

/// How an open question covers the results of a block.
package enum Cover {
  /// Says why it shows nothing: the first covered block with outputs.
  case announced
  case silent
}

extension Page {
  /// How open questions cover the results of blocks: outputs and inline values. A question covers
  /// everything after it, up to the next heading.
  package func covers(_ state: PageState) -> [Int: Cover] {
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
        // Its own values belong to what it asks.
        continue
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
