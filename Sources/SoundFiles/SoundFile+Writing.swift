import CSndFile
import Files
import Glibc
import Sounds

extension SoundFile {
  /// The sample format of `write(_:to:…)`.
  package enum SampleType: Sendable { case int16, float32 }

  /// Writes floating-point samples (interleaved, −1 … 1) as a WAV file. As int16, values out of range
  /// are clamped and NaN becomes 0. Returns a remark if the rate had to be rounded.
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

  /// Writes a WAV file, keeping the type of the samples, as `scipy.io.wavfile.write` does. The file
  /// appears under its name only once it is complete. Returns a remark, a sentence without a full
  /// stop, if the rate had to be rounded to whole Hz.
  @discardableResult
  package func write(to path: String) throws(SoundFileError) -> String? {
    let wholeRate = sampleRate.rounded()
    guard wholeRate >= 1, wholeRate <= Double(Int32.max) else { throw .unusableRate(sampleRate) }
    guard (1...1024).contains(channelCount) else { throw .unusableChannelCount(channelCount) }
    guard samples.count % channelCount == 0 else {
      throw .raggedFrames(sampleCount: samples.count, channelCount: channelCount)
    }

    do throws(FileError) {
      let replacement = try FileReplacement(of: path)
      guard write(to: replacement.descriptor, rate: Int32(wholeRate)) else {
        throw FileError.system(ENOSPC)
      }
      try replacement.commit()
    } catch {
      throw SoundFileError(error, writing: path)
    }
    guard wholeRate != sampleRate else { return nil }
    return
      "a WAV file can only have a whole sample rate: "
      + "\(sampleRate) Hz was rounded to \(Int(wholeRate)) Hz"
  }

  /// Interleaved samples (−1 … 1) as a FLAC file of 16 bits, in memory; nil where that is impossible.
  package static func flac(
    _ samples: [Float], channelCount: Int = 1, sampleRate: Int
  ) -> [UInt8]? {
    guard let file = tmpfile() else { return nil }
    defer { fclose(file) }
    var info = SF_INFO()
    info.samplerate = Int32(clamping: sampleRate)
    info.channels = Int32(clamping: channelCount)
    info.format = Int32(SF_FORMAT_FLAC | SF_FORMAT_PCM_16)
    guard let sound = sf_open("/proc/self/fd/\(fileno(file))", Int32(SFM_WRITE), &info) else {
      return nil
    }
    let stored = samples.map(Int16.init(sample:))
    let written = sf_write_short(sound, stored, sf_count_t(stored.count))
    guard sf_close(sound) == 0, written == stored.count else { return nil }
    fseek(file, 0, SEEK_END)
    var bytes = [UInt8](repeating: 0, count: max(0, ftell(file)))
    rewind(file)
    return fread(&bytes, 1, bytes.count, file) == bytes.count ? bytes : nil
  }

  /// - Returns: whether everything was written.
  private func write(to descriptor: Int32, rate: Int32) -> Bool {
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
    // By its path, since `sf_open_fd` closes the descriptor when it fails.
    guard let file = sf_open("/proc/self/fd/\(descriptor)", Int32(SFM_WRITE), &info) else {
      return false
    }
    // A PEAK chunk contains a timestamp, so writing the same sound twice would give different files.
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
    // sf_close writes the header, so it may fail too.
    return sf_close(file) == 0 && written == count
  }
}
