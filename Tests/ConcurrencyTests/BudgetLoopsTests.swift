import Concurrency
import Messages
import Testing

@Suite struct BudgetLoopsTests {
  @Test(arguments: [0, 1, 2, 7, 1 << 16, (1 << 16) + 1, 200_000])
  func chunksCoverEverythingOnce(count: Int) throws {
    for steps in [1, 3, 1 << 20] where count / max(1, (1 << 16) / steps) < 1000 {
      var next = 0
      try Budget.forEachChunk(of: count, steps: steps) { range in
        #expect(range.lowerBound == next && !range.isEmpty)
        #expect(range.count <= max(1, Budget.stepsPerCheck / steps))
        next = range.upperBound
      }
      #expect(next == count)
    }
  }

  @Test func theFirstChunkMayBeShort() throws {
    func chunks(of count: Int, first: Int) throws -> [Range<Int>] {
      var ranges: [Range<Int>] = []
      // Eight in a chunk.
      let steps = Budget.stepsPerCheck / 8
      try Budget.forEachChunk(of: count, steps: steps, first: first) { ranges.append($0) }
      return ranges
    }
    #expect(try chunks(of: 6, first: 7) == [0..<6])
    #expect(try chunks(of: 16, first: 7) == [0..<7, 7..<15, 15..<16])
  }

  @Test func aLoopStopsBetweenChunks() throws {
    let interrupt = Interrupt()
    try Budget(interrupt: interrupt).limit {
      var chunks = 0
      #expect(throws: Diagnostic.self) {
        try Budget.forEachChunk(of: 1 << 30) { _ in
          chunks += 1
          if chunks == 3 { interrupt.request() }
        }
      }
      #expect(chunks == 3)
      // Short work is not worth a look at the clock.
      try Budget.forEachChunk(of: 100) { _ in }

      var pace = Budget.Pace()
      try pace.advance(by: Budget.stepsPerCheck - 1)
      #expect(throws: Diagnostic.self) { try pace.advance(by: 1) }
    }
  }

  @Test func temporariesAreReleasedAndTheResultIsNot() throws {
    let budget = Budget()
    try budget.limit {
      try Budget.reserve(100, for: "an operand")
      let result = try Budget.releasingTemporaries(resultBytes: { _ in 30 }) {
        () throws(Diagnostic) in
        try Budget.reserve(70, for: "a temporary")
        try Budget.reserve(30, for: "the result")
        return budget.heldBytes
      }
      #expect(result == 200)
      #expect(budget.heldBytes == 130)
      // A result that was there before takes nothing.
      try Budget.releasingTemporaries(resultBytes: { _ in 1000 }) { () throws(Diagnostic) in
        try Budget.reserve(70, for: "a temporary")
      }
      #expect(budget.heldBytes == 200)
    }
  }
}
