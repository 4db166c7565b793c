/// `> [!PREDICT]`: a question to be answered before the outputs below it are shown.
package struct Prediction: Sendable {
  package struct Answer: Sendable {
    package var isRight: Bool
    package var blocks: [Block]
  }

  /// Unique in the lesson.
  package var id: String
  package var question: [Block]
  /// One to nine, since they are chosen by digit; at least one is right.
  package var answers: [Answer]
  /// The contents of `<details>`; shown with the right answer.
  package var explanation: [Block]
}
