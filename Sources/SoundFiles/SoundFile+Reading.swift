import CSndFile
import Glibc

extension SoundFile {
  /// The most bytes of samples read from one file.
  private static let byteLimit = 1 << 30

  /// Reads a sound file in any format that libsndfile supports. PCM is kept as integers; compressed
  /// formats without a bit depth (Ogg, MP3) give float32. From a truncated or damaged file, whatever
  /// can be read is returned, with a warning.
  package static func read(_ path: String) throws(SoundFileError) -> SoundFile {
    let descriptor = try openRegularFile(path)
    defer { close(descriptor) }

    var info = SF_INFO()
    guard let file = openSound(descriptor, mode: SFM_READ, &info) else {
      throw .notSound(path: path)
    }
    defer { sf_close(file) }
    guard info.channels >= 1, info.samplerate >= 1 else { throw .notSound(path: path) }

    let channelCount = Int(info.channels)
    let samples = try samples(of: file, format: info.format, channelCount: channelCount, path: path)
    var sound = SoundFile(
      samples: samples, channelCount: channelCount, sampleRate: Double(info.samplerate))
    // Headers may be wrong, and libsndfile reports no error if there are fewer frames.
    if Int64(sound.frameCount) < info.frames {
      sound.warning =
        "\(path) is cut short or damaged: its header promises \(info.frames) frames, "
        + "but only \(sound.frameCount) could be read"
    } else if isTruncated(descriptor) {
      sound.warning =
        "\(path) is shorter than its header says: only \(sound.frameCount) frames could be read"
    } else if sf_error(file) != 0 {
      sound.warning = "\(path) is damaged: only \(sound.frameCount) frames could be read"
    }
    return sound
  }

  /// Opens the file behind a descriptor, which the caller still owns. (On failure `sf_open_fd` closes
  /// it regardless, and another thread might already be using the number again.)
  static func openSound(
    _ descriptor: Int32, mode: Int, _ info: inout SF_INFO
  ) -> OpaquePointer? {
    sf_open("/proc/self/fd/\(descriptor)", Int32(mode), &info)
  }

  /// Opens regular files only, without blocking, so that a FIFO cannot hang the program.
  private static func openRegularFile(_ path: String) throws(SoundFileError) -> Int32 {
    guard !path.utf8.contains(0) else { throw .missing(path: path) }
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else {
      switch errno {
      case ENOENT, ENOTDIR: throw .missing(path: path)
      case EACCES, EPERM: throw .forbidden(path: path)
      case ENXIO: throw .notAFile(path: path)
      default: throw .failed(path: path, reason: String(cString: strerror(errno)))
      }
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw .notAFile(path: path)
    }
    guard status.st_size > 0 else {
      close(descriptor)
      throw .empty(path: path)
    }
    return descriptor
  }

  private static func samples(
    of file: OpaquePointer, format: Int32, channelCount: Int, path: String
  ) throws(SoundFileError) -> Samples {
    switch Int(format) & SF_FORMAT_SUBMASK {
    case SF_FORMAT_PCM_U8:
      // libsndfile returns 8-bit samples only as the upper byte of a wider one.
      let wide = try readSamples(of: file, channelCount, path, zero: Int16(0), read: sf_readf_short)
      return .uint8(wide.map { UInt8(($0 >> 8) + 128) })
    case SF_FORMAT_PCM_24, SF_FORMAT_PCM_32, SF_FORMAT_ALAC_20, SF_FORMAT_ALAC_24,
      SF_FORMAT_ALAC_32, SF_FORMAT_DWVW_24:
      return .int32(try readSamples(of: file, channelCount, path, zero: 0, read: sf_readf_int))
    case SF_FORMAT_DOUBLE:
      return .float64(try readSamples(of: file, channelCount, path, zero: 0, read: sf_readf_double))
    case SF_FORMAT_FLOAT, SF_FORMAT_VORBIS, SF_FORMAT_OPUS, SF_FORMAT_MPEG_LAYER_I,
      SF_FORMAT_MPEG_LAYER_II, SF_FORMAT_MPEG_LAYER_III:
      return .float32(try readSamples(of: file, channelCount, path, zero: 0, read: sf_readf_float))
    default:
      // Every other encoding fits 16 bits: PCM of 8 and 16 bits, A-law, µ-law, ADPCM, GSM.
      return .int16(try readSamples(of: file, channelCount, path, zero: 0, read: sf_readf_short))
    }
  }

  /// Reads to the end in chunks: the header's frame count is not trusted.
  private static func readSamples<Sample>(
    of file: OpaquePointer, _ channelCount: Int, _ path: String, zero: Sample,
    read: (OpaquePointer?, UnsafeMutablePointer<Sample>?, sf_count_t) -> sf_count_t
  ) throws(SoundFileError) -> [Sample] {
    let framesPerChunk = max(1, 65536 / channelCount)
    var chunk = [Sample](repeating: zero, count: framesPerChunk * channelCount)
    var samples: [Sample] = []
    while true {
      let frames = Int(
        chunk.withUnsafeMutableBufferPointer {
          read(file, $0.baseAddress, sf_count_t(framesPerChunk))
        })
      guard frames > 0 else { return samples }
      samples.append(contentsOf: chunk[..<(frames * channelCount)])
      guard samples.count * MemoryLayout<Sample>.stride <= byteLimit else {
        throw .tooLong(path: path)
      }
    }
  }

  /// Whether a RIFF file (WAV) is shorter than its header says; libsndfile silently corrects the
  /// frame count of such a file. Programs that write to a pipe leave a size of 0 or near 2³², which
  /// is ignored.
  private static func isTruncated(_ descriptor: Int32) -> Bool {
    var header = [UInt8](repeating: 0, count: 8)
    guard pread(descriptor, &header, 8, 0) == 8, header[..<4].elementsEqual("RIFF".utf8) else {
      return false
    }
    let promised = header[4...].reversed().reduce(0) { $0 << 8 | Int($1) }
    guard promised < 0x7FFF_F000 else { return false }
    var status = stat()
    return fstat(descriptor, &status) == 0 && Int(status.st_size) < promised + 8
  }
}
