import Lessons

extension Page {
  /// By block, the open question that covers what the block computes: its outputs, and its values in
  /// the prose. A question covers all that follows it, up to the next heading.
  func covers(_ state: PageState) -> [Int: Prediction] {
    guard !state.showsAnswers else { return [:] }
    var covers: [Int: Prediction] = [:]
    var open: Prediction?
    for (index, block) in blocks.enumerated() {
      switch block {
      case .heading: open = nil
      case .prediction(let prediction) where open == nil:
        if state.predictions[prediction.id] == nil { open = prediction }
      default: break
      }
      covers[index] = open
    }
    return covers
  }

  /// Those that cover something: questions inside of lists and quotes do not.
  var predictions: [Prediction] {
    blocks.compactMap { block in
      if case .prediction(let prediction) = block { prediction } else { nil }
    }
  }
}
