import CSndFile
import Concurrency
import Files

extension SoundFile {
  /// The most bytes of samples read from one file.
  private static let byteLimit = 1 << 30

  /// Reads a sound file in any format that libsndfile supports. PCM is kept as integers; compressed
  /// formats without a bit depth (Ogg, MP3) give float32. From a truncated or damaged file, whatever
  /// can be read is returned, with a warning.
  package static func read(_ path: String) throws(SoundFileError) -> SoundFile {
    let file: RegularFile
    do throws(FileError) {
      file = try RegularFile(path: path)
    } catch {
      throw SoundFileError(error, path: path)
    }
    return try read(file)
  }

  /// Reads an open sound file.
  package static func read(_ file: RegularFile) throws(SoundFileError) -> SoundFile {
    guard file.size > 0 else { throw .empty(path: file.path) }
    return try Silence.during { () throws(SoundFileError) in try decode(file) }
  }

  private static func decode(_ file: RegularFile) throws(SoundFileError) -> SoundFile {
    let path = file.path
    let header = SoundHeader(of: file)
    let source = SoundSource(file, corrections: header.corrections)
    defer { withExtendedLifetime(source) {} }

    var info = SF_INFO()
    guard let sound = source.open(&info) else { throw .notSound(path: path) }
    defer { sf_close(sound) }
    guard info.channels >= 1, info.samplerate >= 1 else { throw .notSound(path: path) }
    // libsndfile reads a rate that is no number as a huge one.
    guard info.samplerate <= 10_000_000 else {
      throw .failed(path: path, reason: "its sample rate of \(info.samplerate) Hz is impossible")
    }

    let channelCount = Int(info.channels)
    let samples = try samples(of: sound, info, path: path)
    var result = SoundFile(
      samples: samples, channelCount: channelCount, sampleRate: Double(info.samplerate))
    result.warning = warning(
      path: path, header: header, info: info, frameCount: result.frameCount,
      isDamaged: sf_error(sound) != 0 || logsDamage(sound))
    return result
  }

  /// Whether libsndfile has skipped a part of the file. It reports that of Ogg streams in its log only.
  private static func logsDamage(_ sound: OpaquePointer) -> Bool {
    var log = [CChar](repeating: 0, count: 1 << 14)
    sf_command(sound, Int32(SFC_GET_LOG_INFO), &log, Int32(log.count))
    let text = log.withUnsafeBufferPointer { buffer in
      String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
    return text.contains("Corrupted bitstream") || text.contains("reports a hole")
  }

  /// What is wrong with a file. Headers may be wrong, and libsndfile reports no error if there are
  /// fewer frames.
  private static func warning(
    path: String, header: SoundHeader, info: SF_INFO, frameCount: Int, isDamaged: Bool
  ) -> String? {
    let frames = frameCount == 1 ? "1 frame" : "\(frameCount) frames"
    // A stream of unknown length has the largest number that there is.
    let promised = info.frames == .max ? nil : max(Int(info.frames), header.promisedFrames ?? 0)
    if let promised, frameCount < promised {
      return "\(path) is cut short or damaged: its header promises \(promised) frames, "
        + "but only \(frameCount) could be read"
    }
    switch header.claim {
    case .exact: break
    case .tooLong:
      return "\(path) is shorter than its header says: only \(frames) could be read"
    case .tooShort(let count):
      return "\(path) is longer than its header says: \(count) bytes after the first \(frames) "
        + "were left out"
    case .unknown where frameCount == 0:
      return "\(path) holds less than one frame, and its header does not say how much it should be"
    case .unknown: break
    }
    if promised == nil, frameCount == 0 {
      return "\(path) is cut short or damaged: nothing of it could be read"
    }
    return isDamaged ? "\(path) is damaged: only \(frames) could be read" : nil
  }

  private static func samples(
    of file: OpaquePointer, _ info: SF_INFO, path: String
  ) throws(SoundFileError) -> Samples {
    switch Int(info.format) & SF_FORMAT_SUBMASK {
    case SF_FORMAT_PCM_U8:
      // libsndfile returns 8-bit samples only as the upper byte of a wider one.
      let wide = try readSamples(of: file, info, path, zero: Int16(0), read: sf_readf_short)
      return .uint8(wide.map { UInt8(($0 >> 8) + 128) })
    case SF_FORMAT_PCM_24, SF_FORMAT_PCM_32, SF_FORMAT_ALAC_20, SF_FORMAT_ALAC_24,
      SF_FORMAT_ALAC_32, SF_FORMAT_DWVW_24:
      return .int32(try readSamples(of: file, info, path, zero: 0, read: sf_readf_int))
    case SF_FORMAT_DOUBLE:
      return .float64(try readSamples(of: file, info, path, zero: 0, read: sf_readf_double))
    case SF_FORMAT_FLOAT, SF_FORMAT_VORBIS, SF_FORMAT_OPUS, SF_FORMAT_MPEG_LAYER_I,
      SF_FORMAT_MPEG_LAYER_II, SF_FORMAT_MPEG_LAYER_III:
      return .float32(try readSamples(of: file, info, path, zero: 0, read: sf_readf_float))
    default:
      // Every other encoding fits 16 bits: PCM of 8 and 16 bits, A-law, µ-law, ADPCM, GSM.
      return .int16(try readSamples(of: file, info, path, zero: 0, read: sf_readf_short))
    }
  }

  /// Reads to the end in chunks: the header's frame count is not trusted.
  private static func readSamples<Sample>(
    of file: OpaquePointer, _ info: SF_INFO, _ path: String, zero: Sample,
    read: (OpaquePointer?, UnsafeMutablePointer<Sample>?, sf_count_t) -> sf_count_t
  ) throws(SoundFileError) -> [Sample] {
    let channelCount = Int(info.channels)
    let framesPerChunk = max(1, 65536 / channelCount)
    var chunk = [Sample](repeating: zero, count: framesPerChunk * channelCount)
    var samples: [Sample] = []
    // Memory that is not written to costs nothing, should the header be wrong.
    let sampleLimit = byteLimit / MemoryLayout<Sample>.stride
    let (promised, overflow) = Int(info.frames).multipliedReportingOverflow(by: channelCount)
    samples.reserveCapacity(overflow ? sampleLimit : min(sampleLimit, max(0, promised)))
    while true {
      let frames = Int(
        chunk.withUnsafeMutableBufferPointer {
          read(file, $0.baseAddress, sf_count_t(framesPerChunk))
        })
      guard frames > 0 else { return samples }
      do {
        try Budget.check()
        // Beyond what the header promises, the array grows by copying.
        let copies = samples.count + chunk.count > samples.capacity ? 3 : 1
        try Budget.reserve(
          Double(copies * frames * channelCount * MemoryLayout<Sample>.stride),
          for: "a sound of more than \(samples.count) samples")
      } catch {
        throw .refused(path: path, reason: error.message)
      }
      samples.append(contentsOf: chunk[..<(frames * channelCount)])
      guard samples.count * MemoryLayout<Sample>.stride <= byteLimit else {
        throw .tooLong(path: path)
      }
    }
  }
}
