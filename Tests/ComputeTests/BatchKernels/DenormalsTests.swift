import Compute
import Testing

@Suite("Tiny numbers")
struct TinyNumbersTests {
  @Test("Below the least normal number there is 0, inside only")
  func flushing() {
    #expect(half(.leastNormalMagnitude) > 0)
    #expect(flushingDenormals { half(.leastNormalMagnitude) } == 0)
    #expect(flushingDenormals { flushingDenormals { 1 } + half(1) } == 1.5)
    #expect(half(.leastNormalMagnitude) > 0)
  }

  @Test("An error leaves things as they were")
  func throwing() {
    #expect(throws: CancellationError.self) {
      try flushingDenormals { throw CancellationError() }
    }
    #expect(half(.leastNormalMagnitude) > 0)
  }

  /// At run time: the compiler knows nothing of rounding modes.
  @inline(never)
  private func half(_ value: Float) -> Float { value / Float(Int.random(in: 2...2)) }
}
