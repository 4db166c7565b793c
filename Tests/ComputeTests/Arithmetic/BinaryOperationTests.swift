import Compute
import Messages
import Testing

struct BinaryOperationTests {
  @Test("every operation on every pair of types, and on plain numbers, is NumPy's")
  func table() throws {
    for row in try FixtureTable("arithmetic.tsv").rows {
      let operation = try #require(BinaryOperation(rawValue: row[0]))
      let a = try #require(try FixtureTable.operand(row[1]))
      let b = try #require(try FixtureTable.operand(row[2]))
      let result: NDArray? = try? .binary(operation, a, b)
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

  @Test func errorsSayWhatToDo() throws {
    let a = NDArray([1, 2, 3])
    let error = #expect(throws: Diagnostic.self) {
      try NDArray.binary(.add, .array(a), .array(NDArray([1, 2, 3, 4])))
    }
    #expect(
      error?.message
        == "shapes (3,) and (4,) cannot be broadcast together: sizes along an axis must be equal or 1"
    )
    let overflow = #expect(throws: Diagnostic.self) {
      try NDArray.binary(.multiply, .array(a.asType(.uint8)), .int(300))
    }
    #expect(
      overflow?.message
        == "the number 300 is out of bounds for uint8, which goes from 0 to 255")
    #expect(overflow?.hint == "convert the array to a larger type first, as in x.astype(float)")
  }

  @Test func broadcastingNeverExceedsTheLimit() throws {
    let column = try NDArray.zeros([20_000, 1], type: .uint8)
    let row = try NDArray.zeros([1, 70_000], type: .uint8)
    let error = #expect(throws: Diagnostic.self) {
      try NDArray.binary(.add, .array(column), .array(row))
    }
    #expect(error?.message.hasSuffix("takes 1.3 GiB; 1 GiB is allowed") == true)
  }

  @Test func wholePowersOfTwoPlainNumbers() throws {
    #expect(try NDArray.binary(.power, .int(2), .int(10)) == NDArray(scalar: 1024))
    #expect(try NDArray.binary(.add, .int(2), .float(0.5)) == NDArray(scalar: 2.5))
    #expect(throws: Diagnostic.self) { try NDArray.binary(.power, .int(2), .int(-1)) }
  }
}
