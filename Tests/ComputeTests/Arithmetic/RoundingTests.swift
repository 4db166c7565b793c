import Compute
import Messages
import Testing

struct RoundingTests {
  @Test func halvesGoToTheEvenNeighbour() throws {
    let halves = NDArray([0.5, 1.5, 2.5, -0.5, -1.5, 2.675])
    #expect(try halves.rounded().doubles == [0, 2, 2, 0, -2, 3])
    #expect(try halves.rounded(decimals: 2).doubles[5] == 2.68)
    #expect(
      try NDArray([1250, 1350, -77]).rounded(decimals: -2).elements == .int64([1200, 1400, -100]))
    #expect(
      try NDArray([-32768, 5] as [Int16]).rounded(decimals: -2).elements == .int16([32736, 0]))
    #expect(try NDArray([7]).rounded(decimals: .min).count == 1)
    #expect(try NDArray([7]).rounded(decimals: .max) == NDArray([7]))
    #expect(throws: Diagnostic.self) { try NDArray([true]).rounded() }
  }

  @Test func floorAndCeilingKeepIntegers() throws {
    #expect(try NDArray([-1.5, 1.5]).floor().doubles == [-2, 1])
    #expect(try NDArray([-1.5, 1.5]).ceiling().doubles == [-1, 2])
    #expect(try NDArray([-1.5, 1.5]).truncated().doubles == [-1, 1])
    #expect(try NDArray([3]).floor().type == .int64)
  }

  @Test func signsAreOfTheSameType() throws {
    #expect(try NDArray([-5, 0, 9] as [Int16]).signs().elements == .int16([-1, 0, 1]))
    let signs = try NDArray([-0.5, 0, .nan, .infinity]).signs().doubles
    #expect(signs[0] == -1 && signs[1] == 0 && signs[2].isNaN && signs[3] == 1)
    #expect(try NDArray([Complex(3, -4)]).signs().elements == .complex128([Complex(0.6, -0.8)]))
  }

  @Test func clippingPromotesAndKeepsNaN() throws {
    let bytes = NDArray([1, 200] as [UInt8])
    #expect(try bytes.clipped(minimum: .int(-5), maximum: .int(300)) == bytes)
    #expect(
      try bytes.clipped(minimum: .float(1.5), maximum: .int(9)).elements == .float64([1.5, 9]))
    #expect(try NDArray([-9.0, .nan]).clipped(minimum: .int(0), maximum: nil).doubles[1].isNaN)
    #expect(try NDArray([-9.0]).clipped(minimum: .int(0), maximum: nil).doubles == [0])
  }

  @Test func unaryOperatorsWrapAround() throws {
    let least = NDArray([-32768, 5] as [Int16])
    #expect(try NDArray.unary(.absolute, least) == least)
    #expect(
      try NDArray.unary(.negative, NDArray([1, 200] as [UInt8])).elements == .uint8([255, 56]))
    #expect(
      try NDArray.unary(.invert, NDArray([1, 200] as [UInt8])).elements == .uint8([254, 55]))
    #expect(try NDArray.unary(.invert, NDArray([true])).elements == .bool([false]))
    #expect(try NDArray.unary(.absolute, NDArray([Complex(3, -4)])).elements == .float64([5]))
    #expect(throws: Diagnostic.self) { try NDArray.unary(.negative, NDArray([true])) }
    #expect(throws: Diagnostic.self) { try NDArray.unary(.invert, NDArray([1.0])) }
  }

  @Test func partsOfComplexNumbers() throws {
    let z = NDArray([Complex(0, 2), Complex(-1, 0)])
    #expect(try z.realPart().doubles == [0, -1])
    #expect(try z.imaginaryPart().doubles == [2, 0])
    #expect(try z.angles().doubles == [.pi / 2, .pi])
    #expect(try z.angles(inDegrees: true).doubles == [90, 180])
    #expect(try NDArray([-1, 1] as [Int16]).angles().type == .float32)
    #expect(try NDArray([3] as [Float]).imaginaryPart().elements == .float32([0]))
    #expect(try NDArray([.nan, .infinity, 1]).isNaN().elements == .bool([true, false, false]))
    #expect(try NDArray([.nan, .infinity, 1]).isFinite().elements == .bool([false, false, true]))
    #expect(try NDArray([Complex(1, .infinity)]).isFinite().elements == .bool([false]))
  }
}
