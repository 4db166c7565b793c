import Compute
import FileFormats
import Testing

@Suite struct NPYFileTests {
  // MARK: Files that NumPy wrote

  @Test func readsRowMajorOrder() throws {
    let array = try NPYFile.read(arrayFixture("int64.npy"))
    #expect(array.shape == [2, 3])
    #expect(array.elements == .int64([0, 1, 2, 3, 4, 5]))
  }

  @Test func readsColumnMajorOrder() throws {
    let array = try NPYFile.read(arrayFixture("column-major-int16.npy"))
    #expect(array.shape == [2, 3])
    #expect(array.elements == .int16([0, 1, 2, 3, 4, 5]))
  }

  @Test func readsBigEndianNumbers() throws {
    let array = try NPYFile.read(arrayFixture("big-endian-float32.npy"))
    #expect(array.elements == .float32([0, 0.25, 0.5, 0.75, 1, 1.25]))
  }

  @Test func readsArraysWithoutAxes() throws {
    let array = try NPYFile.read(arrayFixture("scalar.npy"))
    #expect(array.shape == [])
    #expect(array.elements == .float64([2.5]))
  }

  @Test func readsTruthValuesAndComplexNumbers() throws {
    #expect(try NPYFile.read(arrayFixture("bool.npy")).elements == .bool([true, false, true]))
    #expect(
      try NPYFile.read(arrayFixture("complex128.npy")).elements
        == .complex128([Complex(1, 2), Complex(0, -0.5)]))
  }

  @Test func readsVersion2() throws {
    #expect(try NPYFile.read(arrayFixture("version-2.npy")).elements == .float64([1.5, -2.5]))
  }

  @Test func writesWhatNumPyWrites() throws {
    let table = NDArray(shape: [2, 3], elements: .int64([0, 1, 2, 3, 4, 5]))
    #expect(try NPYFile.write(table) == arrayFixture("int64.npy"))
    let scalar = NDArray(shape: [], elements: .float64([2.5]))
    #expect(try NPYFile.write(scalar) == arrayFixture("scalar.npy"))
    let flags = NDArray(shape: [3], elements: .bool([true, false, true]))
    #expect(try NPYFile.write(flags) == arrayFixture("bool.npy"))
  }

  @Test(arguments: [
    NDArray.Elements.bool([true, false]), .uint8([0, 255]), .int16([-32768, 32767]),
    .int32([.min, .max]), .int64([.min, .max]), .float32([.infinity, -0.1]),
    .float64([.leastNonzeroMagnitude, -.greatestFiniteMagnitude]),
    .complex128([Complex(1, -1), Complex(.infinity, 0)]),
  ])
  func readsBackWhatItWrote(elements: NDArray.Elements) throws {
    let array = NDArray(shape: [1, 2, 1], elements: elements)
    let copy = try NPYFile.read(NPYFile.write(array))
    #expect(copy.shape == array.shape)
    #expect(copy.elements == array.elements)
  }

  @Test func readsBackEmptyArrays() throws {
    let array = NDArray(shape: [0, 3], elements: .float32([]))
    #expect(try NPYFile.read(NPYFile.write(array)).shape == [0, 3])
  }

  // MARK: Damaged files

  /// A version 1 file with this header and this many bytes of elements.
  private func file(header: String, dataLength: Int = 16) -> [UInt8] {
    let length = header.utf8.count
    return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(length & 0xff), UInt8(length >> 8)]
      + Array(header.utf8) + Array(repeating: 0, count: dataLength)
  }

  private func message(for bytes: [UInt8]) -> String? {
    do {
      _ = try NPYFile.read(bytes)
      return nil
    } catch {
      return error.message
    }
  }

  @Test(arguments: [
    ("<f8', 'fortran_order': False, 'shape': (3,), }", "cut off"),
    ("<f8', 'fortran_order': False, 'shape': (1000000000000,), }", "more than 1 GiB"),
    ("<f8', 'fortran_order': True, 'shape': (4294967296, 4294967296), }", "more than 1 GiB"),
    ("<f8', 'fortran_order': False, 'shape': (4294967296, 4294967296, 0), }", "impossible axes"),
    ("<U3', 'fortran_order': False, 'shape': (3,), }", "elements of type '<U3'"),
  ])
  func refusesShapesThatTheFileDoesNotFill(header: String, reason: String) {
    let message = message(for: file(header: "{'descr': '" + header))
    #expect(message?.contains(reason) == true, "\(message ?? "")")
  }

  @Test(arguments: [
    "", "{", "}", "{'descr'", "{'descr': '<f8'}", "{'descr': '<f8', 'shape': (1,)}",
    "{'descr': '<f8', 'fortran_order': 0, 'shape': (1,)}",
    "{'descr': '<f8', 'fortran_order': False, 'shape': (-1,)}",
    "{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999999999999,)}",
    "{'descr': '<f8', 'fortran_order': False, 'shape': 1}",
    "{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (1,)}",
    "{'other': 1}",
  ])
  func refusesOtherHeaders(header: String) {
    #expect(message(for: file(header: header))?.contains("header") == true)
  }

  @Test func refusesMoreThan64Axes() {
    let shape = "(" + String(repeating: "1, ", count: 65) + ")"
    let header = "{'descr': '<f8', 'fortran_order': False, 'shape': \(shape)}"
    #expect(message(for: file(header: header))?.contains("header") == true)
  }

  @Test func namesATypeThatCellsDoNotHave() throws {
    #expect(try message(for: arrayFixture("uint16.npy"))?.contains("'<u2'") == true)
  }

  @Test func survivesEveryPrefix() throws {
    let whole = try arrayFixture("version-2.npy")
    for length in 0..<whole.count { #expect(message(for: Array(whole[..<length])) != nil) }
  }

  @Test func survivesChangedBytes() throws {
    let whole = try arrayFixture("column-major-int16.npy")
    var generator = FixedGenerator()
    for _ in 0..<20_000 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        bytes[Int.random(in: 0..<bytes.count, using: &generator)] =
          UInt8.random(in: 0...255, using: &generator)
      }
      _ = message(for: bytes)
    }
  }
}
