import Compute
import Messages
import Testing

struct NDArrayTests {
  @Test func castsWrapTruncateAndNeverTrap() throws {
    // NumPy on x86-64: np.array([...]).astype(...)
    let odd = NDArray([300.0, -1, 70000, 1e10, .nan, .infinity, -2.7, 1e300])
    let least = Int32.min
    #expect(try odd.asType(.uint8).elements == .uint8([44, 255, 112, 0, 0, 0, 254, 0]))
    #expect(try odd.asType(.int16).elements == .int16([300, -1, 4464, 0, 0, 0, -2, 0]))
    #expect(
      try odd.asType(.int32).elements
        == .int32([300, -1, 70000, least, least, least, -2, least]))
    #expect(
      try odd.asType(.int64).elements
        == .int64([300, -1, 70000, 10_000_000_000, .min, .min, -2, .min]))
    #expect(try NDArray([0.0, .nan, 0.5]).asType(.bool).elements == .bool([false, true, true]))
    #expect(try NDArray([Complex(1.5, 9)]).asType(.int16).elements == .int16([1]))
    #expect(try NDArray([65536 + 7]).asType(.int16).elements == .int16([7]))
    #expect(try NDArray([true]).asType(.complex128).elements == .complex128([Complex(1, 0)]))
  }

  @Test func sizesBeyondTheLimitAreRefusedInWords() {
    func message(_ shape: [Int], _ type: ElementType = .float64) -> String? {
      do {
        _ = try NDArray.checkedCount(shape: shape, type: type)
        return nil
      } catch { return error.message }
    }
    #expect(
      message([1_000_000_000_000])
        == "an array of shape (1000000000000,) and type float64 takes 7.3 TiB; 1 GiB is allowed")
    #expect(
      message([.max, .max])?.hasSuffix("takes more than a million EiB; 1 GiB is allowed") == true)
    #expect(message([1 << 27, 1]) == nil)
    #expect(message([(1 << 27) + 1])?.hasSuffix("takes more than 1 GiB; 1 GiB is allowed") == true)
    #expect(message([1 << 27, 0]) == nil)
    // Its other axes would overflow as soon as one adds them up or puts the empty one away.
    #expect(
      message([0, 1 << 40, 1 << 40])?.contains("has no elements, and its other axes are too long")
        == true)
    #expect(message(Array(repeating: 1, count: 65)) == "an array has at most 64 axes, not 65")
    #expect(message([-1]) == "the size of an axis must not be negative, but one is -1")
  }

  @Test(
    "No operation gives an array more axes than that",
    arguments: [
      { try $0.reshaped(Array(repeating: 1, count: 65)) },
      { try $0.expanded(axis: 0) },
      { try $0.selecting([.newAxis]) },
      { try $0.selecting([.ellipsis, .newAxis]) },
    ] as [@Sendable (NDArray) throws -> NDArray])
  func axisLimit(operation: @Sendable (NDArray) throws -> NDArray) throws {
    let array = try NDArray.ones(Array(repeating: 1, count: 64))
    let error = #expect(throws: Diagnostic.self) { _ = try operation(array) }
    #expect(error?.message == "an array has at most 64 axes, not 65")
  }

  @Test func rangesAreNumPys() throws {
    #expect(try NDArray.arange(0, 5).elements == .int64([0, 1, 2, 3, 4]))
    #expect(try NDArray.arange(5, 0, step: -2).elements == .int64([5, 3, 1]))
    #expect(try NDArray.arange(.min, .max, step: 1 << 62).count == 4)
    #expect(try NDArray.arange(1 << 62, 1 << 62 + 2).elements == .int64([1 << 62, 1 << 62 + 1]))
    #expect(try NDArray.arange(.max, .max - 1, step: -1).elements == .int64([.max]))
    #expect(try NDArray.arange(0, 1, step: 0.5, type: .int64).elements == .int64([0, 0]))
    #expect(try NDArray.arange(0.5, 6, step: 1.7, type: .int16).elements == .int16([0, 2, 4, 6]))
    #expect(
      try NDArray.arange(0.1, 0.8, step: 0.1, type: .float32).doubles[6] == Double(0.7 as Float)
        + 0x1p-24)
    #expect(try NDArray.arange(0.0, 1.0, step: 0.1).count == 10)
    #expect(try NDArray.arange(1.0, 1.3, step: 0.1).count == 4)
    #expect(try NDArray.arange(1.0, 0.0).count == 0)
    #expect(throws: Diagnostic.self) { try NDArray.arange(0, .max) }
    #expect(throws: Diagnostic.self) { try NDArray.arange(0.0, 1.0, step: 1e-300) }
    #expect(throws: Diagnostic.self) { try NDArray.arange(0.0, .infinity) }
    #expect(throws: Diagnostic.self) { try NDArray.arange(0.0, 1.0, step: 0) }
    #expect(try NDArray.linspace(0, 1, count: 5).doubles == [0, 0.25, 0.5, 0.75, 1])
    #expect(try NDArray.linspace(0, 1, count: 4, endpoint: false).doubles == [0, 0.25, 0.5, 0.75])
    #expect(try NDArray.linspace(3, 9, count: 1).doubles == [3])
    #expect(try NDArray.linspace(3, 9, count: 0).doubles == [])
    #expect(throws: Diagnostic.self) { try NDArray.linspace(0, 1, count: -1) }
    #expect(throws: Diagnostic.self) { try NDArray.linspace(0, 1, count: .max) }
  }
}
