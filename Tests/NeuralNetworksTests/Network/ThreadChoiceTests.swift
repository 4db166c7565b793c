import NeuralNetworks
import Testing

@Suite("The choice between several threads and one")
struct ThreadChoiceTests {
  /// Computes so many batches that take these seconds, and every `disturbance`-th ten times as long.
  private func run(
    _ choice: inout ThreadChoice, batches: Int, together: Double, alone: Double,
    disturbance: Int = .max
  ) {
    for batch in 1...batches {
      let seconds = choice.isAlone ? alone : together
      choice.note(seconds: batch % disturbance == 0 ? 10 * seconds : seconds)
    }
  }

  @Test("What was faster is kept", arguments: [(1.0, 1.1), (1.1, 1.0)])
  func keeps(together: Double, alone: Double) {
    var choice = ThreadChoice()
    #expect(!choice.isAlone)
    run(&choice, batches: 48, together: together, alone: alone)
    for _ in 0..<2_000 {
      #expect(choice.isAlone == (alone < together))
      run(&choice, batches: 1, together: together, alone: alone)
    }
  }

  @Test("A batch during which something else ran decides nothing")
  func disturbed() {
    var choice = ThreadChoice()
    run(&choice, batches: 48, together: 1, alone: 1.1, disturbance: 19)
    #expect(!choice.isAlone)
  }

  @Test("The choice changes when what is faster does, after some thousands of batches")
  func changes() {
    var choice = ThreadChoice()
    run(&choice, batches: 3_000, together: 1, alone: 2)
    #expect(!choice.isAlone)
    // Another program takes the other processors.
    run(&choice, batches: 5_000, together: 3, alone: 2)
    run(&choice, batches: 100, together: 3, alone: 2)
    #expect(choice.isAlone)
  }

  @Test("Comparing takes few batches")
  func comparesSeldom() {
    var choice = ThreadChoice()
    var alone = 0
    for _ in 0..<24_480 {
      if choice.isAlone { alone += 1 }
      run(&choice, batches: 1, together: 1, alone: 2)
    }
    #expect(alone > 0 && alone <= 10 * 24)
  }
}
