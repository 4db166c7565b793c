import Compute
import Interpreter
import Testing

@Suite struct ArraySummaryTests {
  func summary(_ shape: [Int], _ elements: NDArray.Elements) throws -> (
    line: String, points: [Double]
  ) {
    guard
      case .arraySummary(let line, let points) = try Output.summary(
        of: NDArray(shape: shape, elements: elements))
    else { return ("no summary", []) }
    return (line, points)
  }

  @Test func lines() throws {
    #expect(try summary([3], .float64([-1, 0, 0.9234])).line == "float64, shape (3,), −1 … 0.923")
    #expect(try summary([2, 1], .int16([-32768, 7])).line == "int16, shape (2, 1), −32768 … 7")
    #expect(try summary([2], .float32([3, 3])).line == "float32, shape (2,), all 3")
    #expect(try summary([0], .float64([])).line == "float64, shape (0,), empty")
    #expect(try summary([3], .bool([true, false, true])).line == "bool, shape (3,), 2 of 3 True")
    #expect(
      try summary([3], .float64([.nan, 1, 2])).line == "float64, shape (3,), 1 … 2, 1 not finite")
    #expect(try summary([1], .float64([.nan])).line == "float64, shape (1,), no finite number")
    #expect(
      try summary([2], .complex128([Complex(3, 4), Complex(0, -1)])).line
        == "complex128, shape (2,), magnitude 1 … 5")
    #expect(
      try summary([2], .float64([1e-9, 12345.678])).line == "float64, shape (2,), 1e-09 … 12346")
    #expect(try summary([2], .float64([-1e20, 0])).line == "float64, shape (2,), −1e+20 … 0")
  }

  @Test func shortArraysAreTheirOwnSparkline() throws {
    #expect(try summary([3], .int64([3, 1, 2])).points == [3, 1, 2])
    #expect(try summary([2], .float64([.infinity, 2])).points == [2])
  }

  @Test func noPeakIsLost() throws {
    var samples = [Double](repeating: 0, count: 220_500)
    samples[100_001] = 1
    samples[100_002] = -1
    let points = try summary([220_500], .float64(samples)).points
    #expect(points.count == 200)
    #expect(points.max() == 1)
    #expect(points.min() == -1)
    #expect(points.firstIndex(of: 1)! < points.firstIndex(of: -1)!)
  }
}
