import Pages

/// Caches the newest arrangement of a page until one of its inputs changes. Copies of a reader may
/// share it, since it is keyed by those inputs.
final class ArrangementCache {
  struct Inputs: Equatable {
    var page: Int
    /// Of the lesson's text, edits included.
    var lessonVersion: Int
    /// Of the snapshot.
    var revision: Int
    var isBusy: Bool
    var layout: PageState.Layout
    var look: PageLook
  }

  private var newest: (inputs: Inputs, arrangement: PageArrangement)?

  func arrangement(for inputs: Inputs, make: () -> PageArrangement) -> PageArrangement {
    if let newest, newest.inputs == inputs { return newest.arrangement }
    let arrangement = make()
    newest = (inputs, arrangement)
    return arrangement
  }
}
