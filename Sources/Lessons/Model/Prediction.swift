/// `> [!PREDICT]`: a question to be answered before the outputs below it are shown.
package struct Prediction: Sendable {
  package struct Answer: Sendable {
    package var isRight: Bool
    package var blocks: [Block]
  }

  /// The `#id`, or by default the page and question numbers. Unique in the lesson.
  package var id: String
  /// The page and question numbers.
  package var position: String
  /// Whether the author gave the id, so that it stays the same in the next version of the lesson.
  package var isNamed: Bool { id != position }
  /// The line in the lesson's file at which it starts.
  package var line: Int
  package var question: [Block]
  /// One to nine, since they are chosen by digit; at least one is right.
  package var answers: [Answer]
  /// The contents of `<details>`; shown with the right answer.
  package var explanation: [Block]
}
