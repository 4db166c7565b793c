import Sounds

/// The student's position in a blind test of two sounds of a player.
package struct BlindTestState: Sendable {
  /// The player that it belongs to.
  package let target: FocusTarget
  package var test: BlindTest
  /// Of each sound, in seconds.
  package let duration: Double
  /// What was listened to last in this round.
  package var heard: BlindTest.Sound?
  /// Whether X has been listened to in this round.
  package var hasHeardX = false
  /// What the student takes X for; Enter makes it the answer.
  package var choice: BlindTest.Choice?

  package init(target: FocusTarget, test: BlindTest, duration: Double) {
    self.target = target
    self.test = test
    self.duration = duration
  }

  package mutating func listen(to sound: BlindTest.Sound) {
    heard = sound
    if sound == .x { hasHeardX = true }
  }

  /// Answers with the choice, and starts the next round. Nothing without a choice.
  package mutating func answer() {
    guard let choice else { return }
    test.answer(choice)
    (heard, hasHeardX, self.choice) = (nil, false, nil)
  }
}
