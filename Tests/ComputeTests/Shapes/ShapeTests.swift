import Compute
import Messages
import Testing

struct ShapeTests {
  private let array = NDArray(shape: [2, 3], values: [0, 1, 2, 3, 4, 5])

  @Test func reshape() throws {
    #expect(try array.reshaped([3, -1]).shape == [3, 2])
    #expect(try array.reshaped([-1]).elements == array.elements)
    #expect(try NDArray.zeros([0, 4]).reshaped([4, -1]).shape == [4, 0])
    for shape in [[4], [-1, 4], [-1, -1], [-2, 3], [.max, .max], [.max, 2, .max], [0, -1]] {
      #expect(throws: Diagnostic.self) { try array.reshaped(shape) }
    }
  }

  @Test func transpose() throws {
    #expect(try array.transposed() == NDArray(shape: [3, 2], values: [0, 3, 1, 4, 2, 5]))
    let cube = try NDArray.arange(0, 24).reshaped([2, 3, 4])
    let turned = try cube.transposed(axes: [1, -1, 0])
    #expect(turned.shape == [3, 4, 2])
    #expect(
      try turned.selecting([.integer(2), .integer(1), .integer(1)])
        == cube.selecting([.integer(1), .integer(2), .integer(1)]))
    #expect(throws: Diagnostic.self) { try cube.transposed(axes: [0, 0, 1]) }
  }

  @Test func axesComeAndGo() throws {
    #expect(try array.expanded(axis: -1).shape == [2, 3, 1])
    #expect(try array.expanded(axis: 0).squeezed() == array)
    #expect(throws: Diagnostic.self) { try array.squeezed(axis: 0) }
    #expect(throws: Diagnostic.self) { try array.expanded(axis: 4) }
  }

  @Test func joining() throws {
    let joined = try NDArray.concatenated([array, array.asType(.float32)], axis: 1)
    #expect(joined.type == .float64)
    #expect(joined.shape == [2, 6])
    #expect(try joined.doubles == [0, 1, 2, 0, 1, 2, 3, 4, 5, 3, 4, 5])
    #expect(try NDArray.concatenated([array, NDArray([9])], axis: nil).count == 7)
    #expect(
      try NDArray.stacked([NDArray([1, 2]), NDArray([3, 4])], axis: -1).elements
        == .int64([1, 3, 2, 4]))
    #expect(try NDArray.stacked([NDArray(scalar: 1), NDArray(scalar: 2)]) == NDArray([1, 2]))
    #expect(throws: Diagnostic.self) { try NDArray.concatenated([array, NDArray([1])]) }
    #expect(throws: Diagnostic.self) { try NDArray.concatenated([]) }
    #expect(throws: Diagnostic.self) { try NDArray.concatenated([NDArray(scalar: 1)]) }
    #expect(throws: Diagnostic.self) { try NDArray.stacked([array, NDArray([1])]) }
  }

  @Test func padding() throws {
    let row = NDArray([1, 2, 3])
    func padded(_ padding: Padding, _ before: Int, _ after: Int) throws -> NDArray {
      try row.padded([(before, after)], padding)
    }
    #expect(try padded(.constant(.int(9)), 1, 2) == NDArray([9, 1, 2, 3, 9, 9]))
    #expect(try padded(.edge, 2, 1) == NDArray([1, 1, 1, 2, 3, 3]))
    #expect(try padded(.reflect, 5, 5) == NDArray([2, 1, 2, 3, 2, 1, 2, 3, 2, 1, 2, 3, 2]))
    #expect(try padded(.symmetric, 4, 1) == NDArray([3, 3, 2, 1, 1, 2, 3, 3]))
    #expect(try padded(.wrap, 4, 4) == NDArray([3, 1, 2, 3, 1, 2, 3, 1, 2, 3, 1]))
    let framed = try array.padded([(1, 0), (0, 1)], .constant(.float(0)))
    #expect(framed == NDArray(shape: [3, 4], values: [0, 0, 0, 0, 0, 1, 2, 0, 3, 4, 5, 0]))
    #expect(throws: Diagnostic.self) { try padded(.edge, -1, 0) }
    #expect(throws: Diagnostic.self) { try padded(.edge, .max, .max) }
    #expect(throws: Diagnostic.self) { try padded(.constant(.int(0)), .max, 0) }
    #expect(throws: Diagnostic.self) { try NDArray([Int]()).padded([(1, 1)], .edge) }
  }

  @Test func order() throws {
    #expect(try array.flipped().elements == .int64([5, 4, 3, 2, 1, 0]))
    #expect(try array.flipped(axis: 0).elements == .int64([3, 4, 5, 0, 1, 2]))
    #expect(try NDArray([1, 2, 3, 4]).rolled(by: 1) == NDArray([4, 1, 2, 3]))
    #expect(try NDArray([1, 2, 3, 4]).rolled(by: .min) == NDArray([1, 2, 3, 4]))
    #expect(try array.rolled(by: -1, axis: 1).elements == .int64([1, 2, 0, 4, 5, 3]))
    #expect(try array.rolled(by: 2).elements == .int64([4, 5, 0, 1, 2, 3]))
    #expect(try NDArray([1, 2]).repeated(2) == NDArray([1, 1, 2, 2]))
    #expect(try array.repeated(2, axis: 0).shape == [4, 3])
    #expect(throws: Diagnostic.self) { try array.repeated(.max) }
    #expect(try NDArray([1, 2]).tiled([2]) == NDArray([1, 2, 1, 2]))
    #expect(throws: Diagnostic.self) { try array.tiled([.max]) }
    #expect(throws: Diagnostic.self) { try NDArray.zeros([1], type: .bool).repeated(1 << 31) }
  }

  @Test func choosing() throws {
    let mask = NDArray([true, false])
    func choose(_ a: Operand, _ b: Operand) throws -> NDArray {
      try .choosing(where: mask, a, b)
    }
    #expect(try choose(.int(1), .int(2)) == NDArray([1, 2]))
    #expect(try choose(.array(NDArray([1, 2] as [Float])), .int(7)).elements == .float32([1, 7]))
    let grid = try choose(.array(NDArray(shape: [2, 1], values: [1, 2])), .float(0))
    #expect(grid == NDArray(shape: [2, 2], values: [1.0, 0, 2, 0]))
    let indices = try NDArray(shape: [2, 2], values: [0, 3, 4, 0]).nonzero()
    #expect(indices == [NDArray([0, 1]), NDArray([1, 0])])
  }

  @Test func sorting() throws {
    let mixed = NDArray([3.0, .nan, -1, 3, 0])
    #expect(Array(try mixed.sorted().doubles.prefix(4)) == [-1, 0, 3, 3])
    #expect(try mixed.sortingIndices() == NDArray([2, 4, 0, 3, 1]))
    let grid = NDArray(shape: [2, 2], values: [4, 1, 3, 2])
    #expect(try grid.sorted(axis: 0).elements == .int64([3, 1, 4, 2]))
    #expect(try grid.sorted().elements == .int64([1, 4, 2, 3]))
    #expect(try NDArray([3, 1, 3, 2, 1]).unique() == NDArray([1, 2, 3]))
    #expect(try NDArray([Int]()).sorted().count == 0)
  }
}
