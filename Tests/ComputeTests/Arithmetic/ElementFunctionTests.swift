import Compute
import Messages
import Testing

struct ElementFunctionTests {
  @Test func typesAreNumPys() throws {
    #expect(try NDArray.mapping(.sqrt, NDArray([4, 9])).elements == .float64([2, 3]))
    #expect(try NDArray.mapping(.sqrt, NDArray([4] as [Int16])).elements == .float32([2]))
    #expect(try NDArray.mapping(.exp, NDArray([0] as [Float])).elements == .float32([1]))
    #expect(try NDArray.mapping(.square, NDArray([-3] as [Int16])).elements == .int16([9]))
    #expect(throws: Diagnostic.self) { try NDArray.mapping(.sin, NDArray([true])) }
    #expect(throws: Diagnostic.self) { try NDArray.mapping(.sin, NDArray([1] as [UInt8])) }
    #expect(throws: Diagnostic.self) { try NDArray.mapping(.sin, NDArray([Complex(0, 1)])) }
  }

  @Test(
    "known values",
    arguments: [
      (ElementFunction.sin, Double.pi / 2, 1.0), (.cos, .pi, -1), (.tan, .pi / 4, 1),
      (.exp, 1, 2.718281828459045), (.expm1, 1e-10, 1.00000000005e-10), (.log, 1, 0),
      (.log1p, 1e-10, 9.9999999995e-11), (.log2, 8, 3), (.log10, 1000, 3), (.sqrt, 2.25, 1.5),
      (.arcsin, 1, .pi / 2), (.arccos, -1, .pi), (.arctan, 1, .pi / 4), (.sinh, 0, 0),
      (.cosh, 0, 1), (.tanh, 100, 1), (.sinc, 0, 1), (.sinc, 0.5, 2 / .pi), (.radians, 180, .pi),
      (.degrees, .pi, 180), (.square, 3, 9), (.reciprocal, 4, 0.25),
    ])
  func values(_ function: ElementFunction, _ x: Double, _ y: Double) throws {
    let result = try NDArray.mapping(function, NDArray(scalar: x)).doubles[0]
    #expect(abs(result - y) <= 1e-15 * max(1, abs(y)))
  }

  @Test("Reciprocals of whole numbers lose their fraction, and sinc computes them in float64")
  func wholeNumbers() throws {
    let numbers = try NDArray([-7.0, -2, -1, 1, 2, 7]).asType(.int16)
    let reciprocals = try NDArray.mapping(.reciprocal, numbers)
    #expect(try reciprocals.type == .int16 && reciprocals.doubles == [0, 0, -1, 1, 0, 0])
    #expect(try NDArray.mapping(.sinc, numbers).type == .float64)
  }

  @Test func outsideOfTheDomainIsNaNOrInfinite() throws {
    #expect(try NDArray.mapping(.sqrt, NDArray([-1.0])).doubles[0].isNaN)
    #expect(try NDArray.mapping(.log, NDArray([0.0])).doubles == [-.infinity])
  }
}
