import CSndFile
import Files
import Glibc

/// A file as libsndfile sees it: its bytes, with the corrections to its header.
final class SoundSource {
  private let file: RegularFile
  private let corrections: [SoundHeader.Correction]
  private var position: Int64 = 0

  init(_ file: RegularFile, corrections: [SoundHeader.Correction]) {
    self.file = file
    self.corrections = corrections
  }

  /// The source must live as long as the sound.
  func open(_ info: inout SF_INFO) -> OpaquePointer? {
    var calls = SF_VIRTUAL_IO(
      get_filelen: { SoundSource.at($0).length },
      seek: { SoundSource.at($2).seek(by: $0, from: $1) },
      read: { SoundSource.at($2).read(into: $0, count: $1) },
      write: { _, _, _ in 0 },
      tell: { SoundSource.at($0).position })
    return sf_open_virtual(
      &calls, Int32(SFM_READ), &info, Unmanaged.passUnretained(self).toOpaque())
  }

  private static func at(_ pointer: UnsafeMutableRawPointer?) -> SoundSource {
    guard let pointer else { preconditionFailure("libsndfile passes on what it was given") }
    return Unmanaged<SoundSource>.fromOpaque(pointer).takeUnretainedValue()
  }

  private var length: sf_count_t { sf_count_t(file.size) }

  private func seek(by offset: sf_count_t, from origin: Int32) -> sf_count_t {
    let base: Int64 =
      switch origin {
      case SEEK_CUR: position
      case SEEK_END: Int64(file.size)
      default: 0
      }
    let (target, overflow) = base.addingReportingOverflow(offset)
    guard !overflow, target >= 0 else { return -1 }
    position = target
    return position
  }

  private func read(into buffer: UnsafeMutableRawPointer?, count: sf_count_t) -> sf_count_t {
    guard let buffer, count > 0, position < Int64(file.size) else { return 0 }
    let wanted = Int(min(count, Int64(file.size) - position))
    var done = 0
    while done < wanted {
      let amount = pread(
        file.descriptor, buffer + done, wanted - done, off_t(position) + off_t(done))
      if amount < 0 && errno == EINTR { continue }
      guard amount > 0 else { break }
      done += amount
    }
    let start = Int(position)
    for correction in corrections {
      for (index, byte) in correction.bytes.enumerated() {
        let place = correction.position + index - start
        guard (0..<done).contains(place) else { continue }
        buffer.storeBytes(of: byte, toByteOffset: place, as: UInt8.self)
      }
    }
    position += Int64(done)
    return sf_count_t(done)
  }
}
