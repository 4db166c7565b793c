import Files
import Glibc

/// Why a sound file could not be read or written.
package enum SoundFileError: Error, Hashable, CustomStringConvertible {
  case missing(path: String)
  case forbidden(path: String)
  case notAFile(path: String)
  case empty(path: String)
  case notSound(path: String)
  case tooLong(path: String)
  /// The budget of the work that reads the file does not allow more; says why.
  case refused(path: String, reason: String)
  /// Any other system error, as the system describes it.
  case failed(path: String, reason: String)
  case unusableRate(Double)
  case unusableChannelCount(Int)
  case raggedFrames(sampleCount: Int, channelCount: Int)

  /// What happened, as a sentence without a full stop.
  package var description: String {
    switch self {
    case .missing(let path):
      "there is no file \(path)"
    case .forbidden(let path):
      "no permission to access \(path); check its permissions"
    case .notAFile(let path):
      "\(path) is not a regular file; give the path of a sound file"
    case .empty(let path):
      "\(path) is empty: it contains no sound"
    case .notSound(let path):
      "\(path) is damaged, or of a kind that cannot be read; WAV, FLAC, Ogg, MP3 and AIFF can be read"
    case .tooLong(let path):
      "\(path) contains more than 1 GiB of samples; split it into shorter files"
    case .failed(let path, let reason), .refused(let path, let reason):
      "\(path): \(reason)"
    case .unusableRate(let rate):
      "a sound file cannot have a sample rate of \(rate) Hz; give one of at least 1 Hz"
    case .unusableChannelCount(let count):
      "a sound file cannot have \(count) channels; give 1 to 1024"
    case .raggedFrames(let sampleCount, let channelCount):
      "\(sampleCount) samples do not make up whole frames of \(channelCount) channels"
    }
  }
}

extension SoundFileError {
  /// Why a file cannot be read.
  init(_ error: FileError, path: String) {
    self =
      switch error {
      case .missing: .missing(path: path)
      case .forbidden: .forbidden(path: path)
      case .folder, .notRegular: .notAFile(path: path)
      case .link, .outside, .system: .failed(path: path, reason: error.reason)
      }
  }

  /// Why a file cannot be written.
  init(_ error: FileError, writing path: String) {
    self =
      switch error {
      case .missing where path.isEmpty || path.utf8.contains(0): .missing(path: path)
      case .missing: .failed(path: path, reason: "its folder does not exist; create it first")
      case .link:
        .failed(
          path: path, reason: "is a symbolic link, which is not followed; name the file itself")
      case .system(ENOSPC):
        .failed(path: path, reason: "could not be written completely; is the disk full?")
      default: SoundFileError(error, path: path)
      }
  }
}
