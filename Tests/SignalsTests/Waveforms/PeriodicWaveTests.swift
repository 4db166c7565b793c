import Compute
import Messages
import Signals
import Testing

struct PeriodicWaveTests {
  @Test("the reference waves, to 1e-12")
  func golden() throws {
    let arrays = try SafeTensors("signal.safetensors").arrays
    let time = NDArray(try #require(arrays["t"]))
    for (key, wave) in [
      ("sawtooth_1", try sawtooth(time)), ("sawtooth_half", try sawtooth(time, width: 0.5)),
      ("square", try square(time)),
    ] {
      let expected = try #require(arrays[key])
      #expect(wave.count == expected.count)
      #expect(try zip(wave.doubles, expected).allSatisfy { abs($0 - $1) < 1e-12 }, "\(key)")
    }
  }

  @Test func typesAndOddInput() throws {
    #expect(try sawtooth(NDArray([0, 50] as [Float])) == sawtooth(NDArray([0.0, 50])))
    #expect(try square(NDArray([0, 1])).type == .float64)
    #expect(try sawtooth(NDArray([1.0]), width: 1.5).doubles[0].isNaN)
    #expect(try square(NDArray([1.0]), duty: -0.5).doubles[0].isNaN)
    #expect(try sawtooth(NDArray([Double.nan])).doubles[0].isNaN)
    #expect(try square(NDArray([1.0, 4.0, -1.0]), duty: 0.25).doubles == [1, -1, -1])
    #expect(try sawtooth(NDArray(scalar: 0.0)).shape == [])
    #expect(throws: Diagnostic.self) { try square(NDArray([Complex(0, 0)])) }
  }
}
