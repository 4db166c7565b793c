import Compute
import Messages
import Testing

/// `np.round` with decimals far from any digit, as NumPy 2.4 answers on x86-64.
@Suite struct DecimalsTests {
  private static let values = NDArray([5.0, -123.456, .infinity, .nan, 0])

  @Test(arguments: [-1_000_000_000, -400, -309, 309, 400, 1_000_000_000, Int(Int32.min)])
  func aScaleBeyondFloatsGivesNothing(decimals: Int) throws {
    #expect(try Self.values.rounded(decimals: decimals).doubles.allSatisfy(\.isNaN))
    let single = try Self.values.asType(.float32)
    #expect(try single.rounded(decimals: decimals).doubles.allSatisfy(\.isNaN))
  }

  @Test func floatsAreRoundedUpToTheLargestScale() throws {
    #expect(try NDArray([1.5, 1e300]).rounded(decimals: -300).doubles == [0, 1e300])
    #expect(try NDArray([1.5]).asType(.float32).rounded(decimals: -38).doubles == [0])
    #expect(try NDArray([1.5]).asType(.float32).rounded(decimals: -39).doubles[0].isNaN)
  }

  @Test(arguments: [
    (-1, [20, 20, 120, 0]), (-2, [0, 0, 100, 0]), (-19, [0, 0, 0, 0]), (-308, [0, 0, 0, 0]),
  ])
  func integersAreRoundedToTens(decimals: Int, expected: [Int]) throws {
    for type in [ElementType.uint8, .int16, .int32, .int64] {
      let array = try NDArray([15, 25, 117, 5]).asType(type)
      #expect(try array.rounded(decimals: decimals).values(as: Int.self) == expected)
    }
  }

  @Test func integersThatNoFloatStandsForAreTheSmallest() throws {
    let array = NDArray([15, 25])
    #expect(try array.rounded(decimals: -400).values(as: Int.self) == [.min, .min])
    #expect(
      try array.asType(.int16).rounded(decimals: -400).values(as: Int.self) == [0, 0])
  }
}
