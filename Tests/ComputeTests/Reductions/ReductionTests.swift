import Compute
import Messages
import Testing

struct ReductionTests {
  private func reduce(_ name: String, _ array: NDArray, axis: Int?) throws -> NDArray? {
    let axes = axis.map { [$0] }
    return switch name {
    case "sum": try array.sum(over: axes)
    case "prod": try array.product(over: axes)
    case "mean": try array.mean(over: axes)
    case "std": try array.standardDeviation(over: axes)
    case "var": try array.variance(over: axes)
    case "min": try array.minimum(over: axes)
    case "max": try array.maximum(over: axes)
    case "argmin": try array.indexOfMinimum(axis: axis)
    case "argmax": try array.indexOfMaximum(axis: axis)
    case "cumsum": try array.cumulativeSum(axis: axis)
    case "any": try array.any(over: axes)
    case "all": try array.all(over: axes)
    default: nil
    }
  }

  @Test("every reduction over every axis of every kind of array is NumPy's")
  func table() throws {
    for row in try FixtureTable("reductions.tsv").rows {
      let array = try #require(try FixtureTable.operand(row[2])).array
      let result = try? reduce(row[0], array, axis: Int(row[1]))
      guard let expected = try FixtureTable.operand(row[3])?.array else {
        #expect(result == nil, "\(row)")
        continue
      }
      let tolerance = expected.type == .float32 ? 1e-6 : 1e-14
      #expect(
        result.map { agrees($0, expected, relative: tolerance) } == true,
        "\(row) \(String(describing: result))")
    }
  }

  @Test("floats are added in NumPy's order, to the last bit")
  func pairwise() throws {
    // np.sum(np.sqrt(np.arange(n))) and so on; square roots are the same on every machine.
    let roots = { (count: Int) in NDArray((0..<count).map { Double($0).squareRoot() }) }
    #expect(try roots(7).sum() == NDArray(scalar: 10.83182209022494))
    #expect(try roots(100).sum() == NDArray(scalar: 661.4629471031479))
    #expect(try roots(1000).sum() == NDArray(scalar: 21065.833110879048))
    #expect(try roots(100_003).sum() == NDArray(scalar: 21082641.43419317))
    let columns = try roots(1000).reshaped([-1, 10]).sum(over: [0])
    #expect(try columns.selecting([.integer(3)]) == NDArray(scalar: 2102.1523466244967))
    let single = try roots(1000).asType(.float32).sum()
    #expect(single == NDArray(scalar: 21065.833984375 as Float))
  }

  @Test func keptAxesAndSeveralAxes() throws {
    let array = NDArray(shape: [2, 3, 4], values: Array(0..<24))
    #expect(try array.sum(over: [0, 2]) == NDArray([60, 92, 124]))
    #expect(try array.sum(over: [-1, 0], keepingAxes: true).shape == [1, 3, 1])
    #expect(try array.maximum(keepingAxes: true).shape == [1, 1, 1])
    #expect(throws: Diagnostic.self) { try array.sum(over: [0, -3]) }
  }

  @Test func deviationOfASample() throws {
    let array = NDArray([1.0, 2, 3, 4])
    #expect(try array.variance(lessDegrees: 1).doubles == [5.0 / 3])
    #expect(try array.variance(lessDegrees: 4).doubles == [.infinity])
    #expect(try array.variance(lessDegrees: .min).doubles[0].isNaN == false)
  }

  @Test func nothingHasNoMaximum() throws {
    let error = #expect(throws: Diagnostic.self) { try NDArray([Double]()).maximum() }
    #expect(error?.message == "an array without elements has no maximum")
  }
}
