import CSndFile
import Glibc
import Synchronization

extension SoundFile {
  /// How `write(_:to:…)` stores samples.
  package enum SampleType: Sendable { case int16, float32 }

  /// Writes floating-point samples (interleaved, −1 … 1) as a WAV file. As int16, what lies beyond
  /// is clamped and NaN becomes silence. Returns a remark when the rate had to be rounded.
  @discardableResult
  package static func write(
    _ samples: [Float], to path: String, channelCount: Int = 1, sampleRate: Double,
    as sampleType: SampleType
  ) throws(SoundFileError) -> String? {
    let stored: Samples =
      switch sampleType {
      case .int16: .int16(samples.map(Int16.init(sample:)))
      case .float32: .float32(samples)
      }
    return try SoundFile(samples: stored, channelCount: channelCount, sampleRate: sampleRate)
      .write(to: path)
  }

  /// Writes a WAV file with samples of the type that they have, as `scipy.io.wavfile.write` does.
  /// The file appears under its name only when it is complete. Returns a remark, a sentence
  /// without a full stop, when the rate had to be rounded to whole Hz.
  @discardableResult
  package func write(to path: String) throws(SoundFileError) -> String? {
    let wholeRate = sampleRate.rounded()
    guard wholeRate >= 1, wholeRate <= Double(Int32.max) else { throw .unusableRate(sampleRate) }
    guard (1...1024).contains(channelCount) else { throw .unusableChannelCount(channelCount) }
    guard samples.count % channelCount == 0 else {
      throw .raggedFrames(sampleCount: samples.count, channelCount: channelCount)
    }

    let target = try Self.replaceable(path)
    let (descriptor, draft) = try Self.createDraft(beside: target)
    do throws(SoundFileError) {
      defer { close(descriptor) }
      try write(to: descriptor, path: path, rate: Int32(wholeRate))
    } catch {
      unlink(draft)
      throw error
    }
    guard rename(draft, target) == 0 else {
      let reason = String(cString: strerror(errno))
      unlink(draft)
      throw .failed(path: path, reason: reason)
    }
    guard wholeRate != sampleRate else { return nil }
    return "a WAV file holds whole rates only: \(sampleRate) Hz became \(Int(wholeRate)) Hz"
  }

  private func write(to descriptor: Int32, path: String, rate: Int32) throws(SoundFileError) {
    let encoding =
      switch samples {
      case .uint8: SF_FORMAT_PCM_U8
      case .int16: SF_FORMAT_PCM_16
      case .int32: SF_FORMAT_PCM_32
      case .float32: SF_FORMAT_FLOAT
      case .float64: SF_FORMAT_DOUBLE
      }
    var info = SF_INFO()
    info.samplerate = rate
    info.channels = Int32(channelCount)
    info.format = Int32(SF_FORMAT_WAV | encoding)
    guard let file = Self.openSound(descriptor, mode: SFM_WRITE, &info) else {
      throw .failed(path: path, reason: "could not be written as a WAV file")
    }
    // A PEAK chunk carries the time of day: the same sound would give different files.
    sf_command(file, Int32(SFC_SET_ADD_PEAK_CHUNK), nil, 0)

    let count = sf_count_t(samples.count)
    let written =
      switch samples {
      case .uint8(let samples): sf_write_short(file, samples.map { (Int16($0) - 128) << 8 }, count)
      case .int16(let samples): sf_write_short(file, samples, count)
      case .int32(let samples): sf_write_int(file, samples, count)
      case .float32(let samples): sf_write_float(file, samples, count)
      case .float64(let samples): sf_write_double(file, samples, count)
      }
    // sf_close writes the header: its failure counts as much.
    guard sf_close(file) == 0, written == count else {
      throw .failed(path: path, reason: "could not be written completely; is the disk full?")
    }
  }

  /// Where a file at `path` really goes: through links, and never in place of a device or folder.
  private static func replaceable(_ path: String) throws(SoundFileError) -> String {
    guard !path.isEmpty, !path.utf8.contains(0) else { throw .missing(path: path) }
    var status = stat()
    guard stat(path, &status) == 0 else { return path }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .notAFile(path: path) }
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  private static let draftNumber = Atomic<Int>(0)

  /// A new file in the folder of `path`, under a name that nothing else has.
  private static func createDraft(
    beside path: String
  ) throws(SoundFileError) -> (descriptor: Int32, path: String) {
    let number = draftNumber.add(1, ordering: .relaxed).newValue
    let draft = "\(path).\(getpid())-\(number).part"
    let descriptor = open(draft, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      switch errno {
      case ENOENT, ENOTDIR:
        throw .failed(path: path, reason: "its folder does not exist; create it first")
      case EACCES, EPERM, EROFS: throw .forbidden(path: path)
      default: throw .failed(path: path, reason: String(cString: strerror(errno)))
      }
    }
    return (descriptor, draft)
  }
}
