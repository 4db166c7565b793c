/// `> [!PREDICT]`: a question to be answered before the outputs below it are shown.
package struct Prediction: Sendable {
  package struct Answer: Sendable {
    package var isRight: Bool
    package var blocks: [Block]
  }

  /// Unique in the lesson.
  package var id: String
  package var question: [Block]
  /// From one to nine, since digits choose them; at least one is right.
  package var answers: [Answer]
  /// What `<details>` holds; shown with the right answer.
  package var explanation: [Block]
}
