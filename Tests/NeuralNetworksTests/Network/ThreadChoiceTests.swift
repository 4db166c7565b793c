import NeuralNetworks
import Testing

@Suite("The choice between several threads and one")
struct ThreadChoiceTests {
  /// Computes so many batches that take these units of time, and every `disturbance`-th ten times as long.
  ///
  /// - Parameter unit: seconds.
  private func run(
    _ choice: inout ThreadChoice, batches: Int, together: Double, alone: Double,
    disturbance: Int = .max, unit: Double = 0.0001
  ) {
    for batch in 1...batches {
      let seconds = unit * (choice.isAlone ? alone : together)
      choice.note(seconds: batch % disturbance == 0 ? 10 * seconds : seconds, samples: 64)
    }
  }

  @Test("What was faster is kept", arguments: [(1.0, 1.1), (1.1, 1.0)])
  func keeps(together: Double, alone: Double) {
    var choice = ThreadChoice()
    #expect(!choice.isAlone)
    run(&choice, batches: 48, together: together, alone: alone)
    for _ in 0..<4 * 48 {
      #expect(choice.isAlone == (alone < together))
      run(&choice, batches: 1, together: together, alone: alone)
    }
  }

  @Test("A choice from the first batches is kept for few")
  func firstBatches() {
    var choice = ThreadChoice()
    run(&choice, batches: 48, together: 3, alone: 2)
    #expect(choice.isAlone)
    run(&choice, batches: 300, together: 1, alone: 2)
    #expect(!choice.isAlone)
  }

  @Test("A batch during which something else ran decides nothing")
  func disturbed() {
    var choice = ThreadChoice()
    run(&choice, batches: 48, together: 1, alone: 1.1, disturbance: 17)
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

  @Test("Where several threads are clearly faster, one thread gets a single block")
  func clear() {
    var choice = ThreadChoice()
    run(&choice, batches: 16, together: 1, alone: 1.5)
    for _ in 0..<4 * 14 {
      #expect(!choice.isAlone)
      run(&choice, batches: 1, together: 1, alone: 1.5)
    }
  }

  @Test("If the first batches together are disturbed, one thread is not taken at once")
  func disturbedAtFirst() {
    var choice = ThreadChoice()
    run(&choice, batches: 8, together: 3, alone: 1.5)
    run(&choice, batches: 40, together: 1, alone: 1.5)
    #expect(!choice.isAlone)
  }

  @Test("The last batch of an epoch, with fewer samples, does not make one thread seem faster")
  func lastBatches() {
    var choice = ThreadChoice()
    for batch in 1...80 {
      let samples = batch % 8 == 0 ? 8 : 32
      choice.note(seconds: Double(samples) * (choice.isAlone ? 0.002 : 0.001), samples: samples)
      #expect(!choice.isAlone || batch < 60)
    }
  }

  @Test("Comparing takes few batches, long ones and short ones", arguments: [0.0001, 0.1])
  func comparesSeldom(unit: Double) {
    var choice = ThreadChoice()
    var alone = 0
    for _ in 0..<24_480 {
      if choice.isAlone { alone += 1 }
      run(&choice, batches: 1, together: 1, alone: 2, unit: unit)
    }
    #expect(alone > 0 && alone <= 24_480 / 80)
    choice = ThreadChoice()
    alone = 0
    for _ in 0..<80 {
      if choice.isAlone { alone += 1 }
      run(&choice, batches: 1, together: 1, alone: 2, unit: unit)
    }
    #expect(alone > 0 && alone <= (unit < 0.001 ? 8 : 6))
  }
}
