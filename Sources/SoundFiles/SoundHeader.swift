import Files
import Glibc

/// What a sound file's header says about the length of its samples, compared with the file's own
/// length, for formats that keep samples as they are: WAV and its relatives, AIFF, AU and CAF.
///
/// Programs that write to a pipe, or that were killed, leave lengths of 0 or −1, and downloads break
/// off. libsndfile takes some of these lengths at their word.
struct SoundHeader {
  enum Claim: Equatable {
    /// The samples end where the header says.
    case exact
    /// The writer did not know the length: the samples go on to the end of the file.
    case unknown
    /// The file ends before its samples should.
    case tooLong
    /// So many bytes follow the samples, and they are not part of anything.
    case tooShort(Int)
  }

  /// Bytes of the header as they should be.
  struct Correction {
    var position: Int
    var bytes: [UInt8]
  }

  private(set) var claim = Claim.exact
  private(set) var corrections: [Correction] = []
  /// The number of frames that an AIFF file claims besides.
  private(set) var promisedFrames: Int?

  private let file: RegularFile

  init(of file: RegularFile) {
    self.file = file
    switch name(at: 0) {
    case "RIFF": findChunks(.little)
    case "RIFX": findChunks(.big)
    case "RF64": findChunks(.little)
    case "BW64":
      // The same format under a newer name, which libsndfile may not know.
      correct(0, Array("RF64".utf8))
      findChunks(.little)
    case "FORM": findAIFFChunks()
    case ".snd": checkAU(.big)
    case "dns.": checkAU(.little)
    case "caff": findCAFChunks()
    case "riff": checkWave64()
    default: break
    }
  }

  // MARK: Formats

  /// WAV, with lengths of 32 bits; RF64's are in a chunk of their own.
  private mutating func findChunks(_ order: ByteOrder) {
    guard name(at: 8) == "WAVE" else { return }
    var longSizes: Int?
    for chunk in chunks(from: 12, order) {
      switch chunk.name {
      case "ds64" where chunk.size >= 24: longSizes = chunk.start
      case "data":
        if let longSizes {
          checkLongSizes(at: longSizes, of: chunk, order)
        } else if compare(chunk.size, from: chunk.start, order) {
          let size = min(file.size - chunk.start, Self.largestSize)
          correct(chunk.start - 4, Self.bytes(size, count: 4, order))
        }
        return
      default: break
      }
    }
  }

  /// RF64's lengths of 64 bits, which libsndfile goes by: of the file, of the samples, and their
  /// number.
  private mutating func checkLongSizes(at place: Int, of data: Chunk, _ order: ByteOrder) {
    let long = number(at: place + 8, bytes: 8, order) ?? 0
    let isLong = data.size == Int(UInt32.max) || data.size == 0
    let promised = isLong ? (long < 0 ? .max : long) : data.size
    guard compare(promised, from: data.start, order) || promised != long else { return }
    let available = file.size - data.start
    let size = promised == 0 ? available : min(promised, available)
    correct(data.start - 4, Self.bytes(Int(UInt32.max), count: 4, order))
    correct(place, Self.bytes(file.size - 8, count: 8, order))
    correct(place + 8, Self.bytes(size, count: 8, order))
    // The number of samples is computed from the rest.
    correct(place + 16, Self.bytes(0, count: 8, order))
  }

  private mutating func findAIFFChunks() {
    guard ["AIFF", "AIFC"].contains(name(at: 8)) else { return }
    for chunk in chunks(from: 12, .big) {
      switch chunk.name {
      case "COMM":
        let frames = number(at: chunk.start + 2, bytes: 4, .big) ?? 0
        if frames < Self.streamingSize { promisedFrames = frames }
      case "SSND":
        // An offset and a block size precede the samples.
        let start = chunk.start + 8 + (number(at: chunk.start, bytes: 4, .big) ?? 0)
        let promised = chunk.size - (start - chunk.start)
        guard start <= file.size, compare(max(0, promised), from: start, .big) else { return }
        let size = min(file.size - chunk.start, Self.largestSize)
        correct(chunk.start - 4, Self.bytes(size, count: 4, .big))
        return
      default: break
      }
    }
  }

  private mutating func checkAU(_ order: ByteOrder) {
    guard let start = number(at: 4, bytes: 4, order), let size = number(at: 8, bytes: 4, order),
      start <= file.size
    else { return }
    if compare(size, from: start, order, hasChunks: false) {
      correct(8, Self.bytes(Int(UInt32.max), count: 4, order))
    }
  }

  private mutating func findCAFChunks() {
    var position = 8
    for _ in 0..<Self.chunkLimit {
      guard let name = name(at: position), let size = number(at: position + 4, bytes: 8, .big)
      else { return }
      let start = position + 12
      if name == "data" {
        // The size includes four bytes, a count of edits. −1 is the format's own way to say that
        // the length is unknown, but libsndfile does not know it.
        if compare(size < 0 ? .max : max(0, size - 4), from: start + 4, .big, hasChunks: false) {
          correct(position + 4, Self.bytes(file.size - start, count: 8, .big))
        }
        return
      }
      guard size >= 0, size <= file.size - start else { return }
      position = start + size
    }
  }

  /// Sony Wave64. libsndfile reads on to the end of the file; what is missing there is reported.
  private mutating func checkWave64() {
    let size = number(at: 16, bytes: 8, .little) ?? 0
    if size > file.size, size < Self.longStreamingSize { claim = .tooLong }
  }

  // MARK: Lengths

  /// Lengths from here on are not meant: writers to pipes leave them, as well as 0.
  private static let streamingSize = 0x7FFF_F000
  private static let longStreamingSize = 1 << 60
  /// Even, below the lengths that libsndfile treats specially.
  private static let largestSize = 0x7FFF_0000
  private static let chunkLimit = 10_000

  /// Compares the length of the samples with what is there.
  ///
  /// - Returns: whether the header needs a correction.
  private mutating func compare(
    _ promised: Int, from start: Int, _ order: ByteOrder, hasChunks: Bool = true
  ) -> Bool {
    let available = file.size - start
    if promised > available {
      claim = promised >= Self.streamingSize ? .unknown : .tooLong
      return true
    }
    let surplus = available - promised
    guard surplus > 0, !(hasChunks && isRest(start + promised, order)) else { return false }
    if promised == 0 {
      claim = .unknown
      return true
    }
    let rest = start + promised
    if surplus >= 4, !isPadding(rest), name(at: rest)?.hasPrefix("TAG") != true {
      // Not a title, which players append.
      claim = .tooShort(surplus)
    }
    return false
  }

  private func isPadding(_ start: Int) -> Bool {
    bytes(at: start, count: min(64, file.size - start))?.allSatisfy { $0 == 0 } ?? true
  }

  /// Whether the rest of the file is whole chunks, maybe after a byte of padding.
  private func isRest(_ start: Int, _ order: ByteOrder) -> Bool {
    var position = start + start % 2
    for _ in 0..<Self.chunkLimit {
      if position >= file.size { return true }
      guard let name = name(at: position), name.utf8.allSatisfy({ (32..<127).contains($0) }),
        let size = number(at: position + 4, bytes: 4, order), size <= file.size - position - 8
      else { return false }
      position += 8 + size + size % 2
    }
    return false
  }

  // MARK: Bytes

  private enum ByteOrder { case little, big }

  private struct Chunk {
    var name: String
    /// After the name and the size.
    var start: Int
    var size: Int
  }

  /// Chunks with a name and a size of four bytes each, padded to even sizes.
  private func chunks(from start: Int, _ order: ByteOrder) -> some Sequence<Chunk> {
    sequence(state: (position: start, count: 0)) { state -> Chunk? in
      guard state.count < Self.chunkLimit, let name = name(at: state.position),
        let size = number(at: state.position + 4, bytes: 4, order)
      else { return nil }
      let start = state.position + 8
      state = (start + size + size % 2, state.count + 1)
      return Chunk(name: name, start: start, size: size)
    }
  }

  private func name(at position: Int) -> String? {
    bytes(at: position, count: 4).map {
      String(String.UnicodeScalarView($0.map { Unicode.Scalar($0) }))
    }
  }

  private func number(at position: Int, bytes count: Int, _ order: ByteOrder) -> Int? {
    guard let bytes = bytes(at: position, count: count) else { return nil }
    let value = (order == .big ? bytes : bytes.reversed()).reduce(UInt64(0)) {
      $0 << 8 | UInt64($1)
    }
    return Int(clamping: Int64(bitPattern: value))
  }

  private func bytes(at position: Int, count: Int) -> [UInt8]? {
    guard position >= 0, position <= file.size - count else { return nil }
    var bytes = [UInt8](repeating: 0, count: count)
    return pread(file.descriptor, &bytes, count, off_t(position)) == count ? bytes : nil
  }

  private mutating func correct(_ position: Int, _ bytes: [UInt8]) {
    corrections.append(Correction(position: position, bytes: bytes))
  }

  private static func bytes(_ value: Int, count: Int, _ order: ByteOrder) -> [UInt8] {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    return order == .little ? bytes : bytes.reversed()
  }
}
