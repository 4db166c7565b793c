import SoundFiles
import TemporaryFolders
import Testing

/// Headers whose lengths are false: of programs that write to pipes, of broken downloads, of editors
/// with mistakes.
@Suite struct SoundHeaderTests {
  private static let samples: [Int16] = [0, 1000, -1000, 32767, -32768, 7]
  private static let little = samples.flatMap { bytes(Int(UInt16(bitPattern: $0)), 2) }
  private static let big = samples.flatMap { bytes(Int(UInt16(bitPattern: $0)), 2).reversed() }
  private static let largest = 0xFFFF_FFFF

  private let folder = TemporaryFolder()

  /// Little-endian.
  private static func bytes(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  private static func bigEndian(_ value: Int, _ count: Int) -> [UInt8] {
    bytes(value, count).reversed()
  }

  private static let format =
    bytes(1, 2) + bytes(1, 2) + bytes(8000, 4) + bytes(16000, 4)
    + bytes(2, 2) + bytes(16, 2)

  private static func wave(
    _ size: Int, _ dataSize: Int, before: [UInt8] = [], after: [UInt8] = []
  ) -> [UInt8] {
    Array("RIFF".utf8) + bytes(size, 4) + Array("WAVEfmt ".utf8) + bytes(16, 4) + format + before
      + Array("data".utf8) + bytes(dataSize, 4) + little + after
  }

  private static func rf64(
    _ size: Int, _ dataSize: Int, _ count: Int, chunk: Int = largest, name: String = "RF64"
  ) -> [UInt8] {
    Array(name.utf8) + bytes(largest, 4) + Array("WAVEds64".utf8) + bytes(28, 4) + bytes(size, 8)
      + bytes(dataSize, 8) + bytes(count, 8) + bytes(0, 4) + Array("fmt ".utf8) + bytes(16, 4)
      + format + Array("data".utf8) + bytes(chunk, 4) + little
  }

  private static func aiff(_ size: Int, _ frames: Int, _ dataSize: Int) -> [UInt8] {
    Array("FORM".utf8) + bigEndian(size, 4) + Array("AIFFCOMM".utf8) + bigEndian(18, 4)
      + bigEndian(1, 2) + bigEndian(frames, 4) + bigEndian(16, 2)
      + [0x40, 0x0B, 0xFA, 0, 0, 0, 0, 0, 0, 0] + Array("SSND".utf8) + bigEndian(dataSize, 4)
      + bigEndian(0, 8) + big
  }

  private static func au(_ size: Int, isLittle: Bool = false) -> [UInt8] {
    let fields = [24, size, 3, 8000, 1]
    return isLittle
      ? Array("dns.".utf8) + fields.flatMap { bytes($0, 4) } + little
      : Array(".snd".utf8) + fields.flatMap { bigEndian($0, 4) } + big
  }

  private static func caf(_ size: Int) -> [UInt8] {
    Array("caff".utf8) + bigEndian(1, 2) + bigEndian(0, 2) + Array("desc".utf8) + bigEndian(32, 8)
      + [0x40, 0xBF, 0x40, 0, 0, 0, 0, 0] + Array("lpcm".utf8)
      + [0, 2, 1, 1, 16].flatMap { bigEndian($0, 4) } + Array("data".utf8) + bigEndian(size, 8)
      + bigEndian(0, 4) + big
  }

  private func read(_ bytes: [UInt8]) throws(SoundFileError) -> SoundFile {
    try SoundFile.read(folder.write(bytes, to: "a.wav"))
  }

  private static let list = Array("LIST".utf8) + bytes(4, 4) + Array("INFO".utf8)

  @Test(
    "A length of 0 or -1 was left by a writer who did not know it: everything is read",
    arguments: [
      ("WAV", wave(0, 0)), ("WAV, all", wave(largest, largest)), ("WAV, mixed", wave(largest, 0)),
      ("WAV, header only", wave(36, 0)), ("WAV, RIFF right", wave(48, 0)),
      ("WAV, RIFF 0", wave(0, 12)), ("WAV, SoX", wave(0x7FFF_F024, 0x7FFF_F000)),
      ("WAV, list before", wave(0, 0, before: list)), ("WAV, odd byte", wave(0, 0, after: [1])),
      ("RF64", rf64(0, 0, 0)), ("RF64, -1", rf64(-1, -1, -1)),
      ("RF64, chunk 0", rf64(0, 0, 0, chunk: 0)),
      ("RF64, only in the chunk", rf64(0, 0, 0, chunk: 12)), ("BW64", rf64(0, 0, 0, name: "BW64")),
      ("BW64, right", rf64(84, 12, 6, name: "BW64")), ("AIFF", aiff(0, 0, 0)),
      ("AIFF, no samples", aiff(0, 0, 8)), ("AIFF, -1", aiff(largest, largest, largest)),
      ("AU", au(0)), ("AU, -1", au(largest)), ("AU, little", au(0, isLittle: true)),
      ("AU, little, -1", au(largest, isLittle: true)), ("CAF", caf(-1)), ("CAF, 0", caf(0)),
    ])
  func unknownLengths(name: String, bytes: [UInt8]) throws {
    let sound = try read(bytes)
    #expect(sound.samples == .int16(Self.samples))
    #expect(sound.sampleRate == 8000)
    #expect(sound.warning == nil)
  }

  @Test(
    "A file that ends before its header says is read with a warning",
    arguments: [
      ("WAV", wave(1000, 1000)), ("RF64", rf64(1 << 20, 1 << 20, 1 << 19)),
      ("AIFF", aiff(1000, 500, 1008)), ("AIFF, frames", aiff(66, 100, 20)), ("AU", au(1000)),
      ("CAF", caf(1000)),
    ])
  func truncated(name: String, bytes: [UInt8]) throws {
    let sound = try read(bytes)
    #expect(sound.samples == .int16(Self.samples))
    #expect(sound.warning?.contains("only 6") == true, "\(sound.warning ?? "no warning")")
  }

  @Test(
    "What the header leaves out is mentioned", arguments: [("WAV", wave(40, 4)), ("AU", au(4))])
  func tooShort(name: String, bytes: [UInt8]) throws {
    let sound = try read(bytes)
    #expect(sound.samples == .int16([0, 1000]))
    #expect(
      sound.warning?.hasSuffix(
        "is longer than its header says: 8 bytes after the first 2 frames were left out") == true)
  }

  @Test("True headers are taken at their word")
  func trueLengths() throws {
    for bytes in [
      Self.wave(48, 12), Self.wave(60, 12, after: Self.list), Self.rf64(84, 12, 6),
      Self.aiff(66, 6, 20), Self.au(12), Self.caf(16), Self.wave(48, 12, after: [0, 0, 0, 0]),
      Self.wave(48, 12, after: Array("TAG".utf8) + [UInt8](repeating: 65, count: 125)),
    ] {
      let sound = try read(bytes)
      #expect(sound.samples == .int16(Self.samples))
      #expect(sound.warning == nil)
    }
    // Nothing but a list follows: there are no samples.
    let empty = Self.wave(48, 0).dropLast(12) + Self.list
    #expect(try read(Array(empty)).samples == .int16([]))
  }

  /// Any four bytes of the header as 0 and as −1: no crash, nothing invented.
  @Test func anyLengthMayBeFalse() {
    for bytes in [
      Self.wave(48, 12), Self.rf64(84, 12, 6), Self.aiff(66, 6, 20), Self.au(12), Self.caf(16),
    ] {
      for start in 0..<(bytes.count - 16) {
        for value: UInt8 in [0, 0x7F, 0xFF] {
          var doctored = bytes
          doctored.replaceSubrange(start..<(start + 4), with: [UInt8](repeating: value, count: 4))
          #expect((try? read(doctored).samples.count) ?? 0 <= 32)
        }
      }
    }
  }
}
