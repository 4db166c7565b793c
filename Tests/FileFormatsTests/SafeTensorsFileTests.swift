import Compute
import FileFormats
import Messages
import Testing

@Suite struct SafeTensorsFileTests {
  @Test func readsArraysInTheOrderOfTheHeader() throws {
    let arrays = try SafeTensorsFile.read(arrayFixture("two.safetensors"))
    #expect(arrays.map(\.name) == ["weight", "größe"])
    #expect(arrays[0].array.elements == .float32([1.5, -2.5]))
    #expect(arrays[1].array.shape == [2, 3])
    #expect(arrays[1].array.elements == .int64([0, 1, 2, 3, 4, 5]))
  }

  @Test(arguments: [
    NDArray.Elements.bool([true, false]), .uint8([0, 255]), .int16([-32768, 32767]),
    .int32([.min, .max]), .int64([.min, .max]), .float32([.infinity, -0.1]),
    .float64([.leastNonzeroMagnitude, -.greatestFiniteMagnitude]),
  ])
  func readsBackWhatItWrote(elements: NDArray.Elements) throws {
    let array = NDArray(shape: [2, 1], elements: elements)
    let empty = NDArray(shape: [0], elements: .float64([]))
    let bytes = try SafeTensorsFile.write([("a \"quoted\" name", array), ("none", empty)])
    let copies = try SafeTensorsFile.read(bytes)
    #expect(copies.map(\.name) == ["a \"quoted\" name", "none"])
    #expect(copies[0].array.shape == [2, 1])
    #expect(copies[0].array.elements == elements)
    #expect(copies[1].array.shape == [0])
  }

  @Test func startsElementsAtAMultipleOfEight() throws {
    let array = NDArray(shape: [1], elements: .float64([1]))
    for name in ["a", "ab", "abc"] {
      let bytes = try SafeTensorsFile.write([(name, array)])
      #expect(bytes.count % 8 == 0)
    }
  }

  @Test func refusesComplexNumbersAndEqualNames() {
    let complex = NDArray(shape: [1], elements: .complex128([Complex(1, 1)]))
    #expect(throws: Diagnostic.self) { try SafeTensorsFile.write([("a", complex)]) }
    let real = NDArray(shape: [1], elements: .float64([1]))
    #expect(throws: Diagnostic.self) { try SafeTensorsFile.write([("a", real), ("a", real)]) }
  }

  @Test("Numbers of 16 bits become float32")
  func halfPrecision() throws {
    func read(_ type: String, _ words: [UInt16]) throws -> NDArray {
      let header =
        "{\"w\":{\"dtype\":\"\(type)\",\"shape\":[\(words.count)],"
        + "\"data_offsets\":[0,\(2 * words.count)]}}"
      var bytes = file(header: header, dataLength: 0)
      for word in words { bytes += [UInt8(word & 0xff), UInt8(word >> 8)] }
      return try SafeTensorsFile.read(bytes)[0].array
    }
    #expect(
      try read("F16", [0x3c00, 0xc100, 0x0001, 0x7bff, 0x7c00, 0x8000]).elements
        == .float32([1, -2.5, 0x1p-24, 65504, .infinity, -0.0]))
    #expect(
      try read("BF16", [0x3f80, 0xc020, 0x0001, 0x7f7f, 0xff80]).elements
        == .float32([1, -2.5, 0x1p-133, 0x1.fep127, -.infinity]))
    #expect(try read("F16", []).shape == [0])
    let nan = try read("BF16", [0x7fc0]).doubles
    #expect(nan[0].isNaN)
  }

  // MARK: Damaged files

  private func file(header: String, length: UInt64? = nil, dataLength: Int = 16) -> [UInt8] {
    let length = length ?? UInt64(header.utf8.count)
    return (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) } + Array(header.utf8)
      + Array(repeating: 0, count: dataLength)
  }

  private func message(for bytes: [UInt8]) -> String? {
    do {
      _ = try SafeTensorsFile.read(bytes)
      return nil
    } catch {
      return error.message
    }
  }

  private func array(
    _ name: String, dtype: String = "F64", shape: String, offsets: String
  ) -> String {
    "\"\(name)\":{\"dtype\":\"\(dtype)\",\"shape\":\(shape),\"data_offsets\":\(offsets)}"
  }

  @Test(arguments: [UInt64(3), 100, 1 << 40, .max])
  func refusesAHeaderThatIsNotThatLong(length: UInt64) {
    let header = "{" + array("a", shape: "[2]", offsets: "[0,16]") + "}"
    #expect(message(for: file(header: header)) == nil)
    #expect(message(for: file(header: header, length: length)) != nil)
  }

  @Test(arguments: [
    ("[3]", "[0,16]"), ("[2]", "[0,24]"), ("[2]", "[8,24]"), ("[2]", "[16,0]"),
    ("[2]", "[-16,0]"), ("[-2]", "[0,16]"), ("[2]", "[0]"), ("[2]", "[0,16,32]"),
    ("[2]", "[0.5,16]"), ("2", "[0,16]"), ("[1]", "[0,8]"),
    ("[4611686018427387904,4]", "[0,16]"), ("[2305843009213693954]", "[0,16]"),
    ("[9223372036854775807,9223372036854775807,0]", "[0,0]"),
    ("[2]", "[9223372036854775807,-9223372036854775793]"),
  ])
  func refusesOffsetsThatDoNotFit(shape: String, offsets: String) {
    let header = "{" + array("a", shape: shape, offsets: offsets) + "}"
    #expect(message(for: file(header: header))?.contains("damaged") == true)
  }

  @Test func refusesOverlapsGapsAndEqualNames() {
    let first = array("a", shape: "[1]", offsets: "[0,8]")
    let second = array("b", shape: "[1]", offsets: "[8,16]")
    #expect(message(for: file(header: "{\(first),\(second)}")) == nil)
    let overlapping = array("b", shape: "[2]", offsets: "[0,16]")
    #expect(message(for: file(header: "{\(first),\(overlapping)}")) != nil)
    let far = array("b", shape: "[1]", offsets: "[16,24]")
    #expect(message(for: file(header: "{\(first),\(far)}", dataLength: 24)) != nil)
    let same = array("a", shape: "[1]", offsets: "[8,16]")
    #expect(message(for: file(header: "{\(first),\(same)}"))?.contains("twice") == true)
  }

  @Test func refusesDeepAndBrokenJSON() {
    let depth = 100_000
    let deep =
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    #expect(message(for: file(header: "{\"a\":\(deep)}"))?.contains("nested too deeply") == true)
    for header in [
      "", "[]", "1", "null", "{", "{\"a\"", "{\"a\":", "{\"a\":}", "{,}", "{\"a\":1,}",
      "{\"a\":{}}",
      "{\"a", "{\"\\ud800\":1}", "{\"\\u12\":1}", "{\"\\x\":1}", "{} {}",
    ] {
      #expect(message(for: file(header: header)) != nil, "\(header)")
    }
  }

  @Test func namesATypeThatCellsDoNotHave() {
    let header = "{" + array("a", dtype: "F8_E4M3", shape: "[16]", offsets: "[0,16]") + "}"
    #expect(message(for: file(header: header))?.contains("F8_E4M3") == true)
  }

  @Test func survivesEveryPrefixAndChangedBytes() throws {
    let whole = try arrayFixture("two.safetensors")
    for length in 0..<whole.count { #expect(message(for: Array(whole[..<length])) != nil) }
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

  /// It would be read as metadata, not as an array.
  @Test func noArrayIsNamedLikeTheMetadata() {
    let error = #expect(throws: Diagnostic.self) {
      try SafeTensorsFile.write([("__metadata__", NDArray([1.0]))])
    }
    #expect(error?.message.contains("'__metadata__'") == true)
  }
}
