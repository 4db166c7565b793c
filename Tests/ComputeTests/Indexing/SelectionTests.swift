import Compute
import Messages
import Testing

struct SelectionTests {
  /// The notation of make_fixtures.py: "1:4", "[0,2]", "m101" (a mask), "B1" (a plain True).
  private func index(_ text: String, shape: [Int]) throws -> [Index] {
    var parts: [String] = []
    var depth = 0
    for letter in text {
      depth += letter == "[" ? 1 : letter == "]" ? -1 : 0
      if parts.isEmpty || (letter == "," && depth == 0) { parts.append("") }
      if letter != "," || depth > 0 { parts[parts.count - 1].append(letter) }
    }
    return try parts.map { part in
      switch part.first {
      case "m": return .mask(NDArray(part.dropFirst().map { $0 == "1" }))
      case "M": return .mask(NDArray(shape: shape, values: part.dropFirst().map { $0 == "1" }))
      case "B": return .mask(NDArray(scalar: part == "B1"))
      case "N": return .newAxis
      case ".": return .ellipsis
      case "[":
        let places = part.dropFirst().dropLast().split(separator: ",").compactMap { Int($0) }
        return .indices(NDArray(places))
      default:
        guard part.contains(":") else { return .integer(try #require(Int(part))) }
        let parts = part.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
        return .slice(start: parts[0], stop: parts[1], step: parts.count > 2 ? parts[2] : nil)
      }
    }
  }

  @Test("every kind of index reads and stores as in NumPy")
  func table() throws {
    for row in try FixtureTable("indexing.tsv").rows {
      let shape = try FixtureTable.shape(row[0])
      let count = shape.reduce(1, *)
      let array = NDArray(shape: shape, values: Array(0..<count))
      let index = try index(row[1], shape: shape)
      let selected = try? array.selecting(index)
      #expect(selected == (try FixtureTable.operand(row[2])?.array), "\(row)")
      let stored = try? array.assigning(index, to: .int(100))
      #expect(stored == (try FixtureTable.operand(row[3])?.array), "\(row)")
    }
  }

  @Test func errorsNameAxisAndSize() throws {
    let array = try NDArray.zeros([5])
    func message(_ index: [Index]) -> String? {
      do {
        _ = try array.selecting(index)
        return nil
      } catch { return error.message }
    }
    #expect(message([.integer(7)]) == "index 7 is out of bounds for axis 0 with size 5")
    #expect(
      message([.indices(NDArray([0, -6]))]) == "index -6 is out of bounds for axis 0 with size 5")
    #expect(
      message([.integer(0), .integer(0)]) == "2 indices are too many for an array of 1 axis")
    #expect(
      message([.mask(NDArray([true, false]))])
        == "a mask of size 2 does not match axis 0 with size 5")
    #expect(
      message([.indices(NDArray([1.0]))])
        == "an array of float64 cannot be an index: use integers")
    #expect(message([.slice(start: nil, stop: nil, step: 0)]) == "a slice's step must not be 0")
    #expect(message([.integer(.min)]) != nil)
    #expect(message([.slice(start: .min, stop: .max, step: .min)]) == nil)
  }

  @Test func assignmentBroadcastsAndCasts() throws {
    let zeros = try NDArray.zeros([2, 3], type: .int16)
    let row = try zeros.assigning([.integer(1)], to: .array(NDArray([1.9, -1.9, 70000])))
    #expect(row == NDArray(shape: [2, 3], values: [0, 0, 0, 1, -1, 4464] as [Int16]))
    let column = try zeros.assigning(
      [.ellipsis, .slice(start: 1, stop: nil, step: nil)],
      to: .array(NDArray(shape: [2, 1], values: [7, 8])))
    #expect(column == NDArray(shape: [2, 3], values: [0, 7, 7, 0, 8, 8] as [Int16]))
    #expect(throws: Diagnostic.self) { try zeros.assigning([], to: .array(NDArray([1, 2]))) }
    for number: Operand in [.int(40_000), .float(.nan), .float(1e30), .float(-4e4)] {
      #expect(throws: Diagnostic.self) { try zeros.assigning([], to: number) }
    }
    #expect(try zeros.assigning([], to: .float(-2.7)).doubles == [-2, -2, -2, -2, -2, -2])
  }
}
