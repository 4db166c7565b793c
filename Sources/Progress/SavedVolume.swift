import FileFormats
import Messages

/// The volume of the last session, for all lessons: a number of decibels in a file beside their folders.
package enum SavedVolume {
  /// A lesson's folder never begins with a dot.
  private static let name = ".volume"
  private static let range = -48.0...0.0

  /// 0 where nothing, or nothing that makes sense, has been kept.
  package static func read(environment: (String) -> String?) -> Double {
    guard let root = try? ProgressFolder.root(environment: environment),
      let bytes = try? FileBytes.read("\(root)/\(name)", limit: 64),
      let volume = Double(
        String(decoding: bytes, as: UTF8.self).filter { !$0.isWhitespace })
    else { return 0 }
    return range.contains(volume) ? volume : 0
  }

  /// Where it cannot be kept, the next session is as loud as the first: not worth a message.
  package static func write(_ volume: Double, environment: (String) -> String?) {
    guard let root = try? ProgressFolder.root(environment: environment) else { return }
    try? FileBytes.write(Array("\(volume)\n".utf8), to: "\(root)/\(name)")
  }
}
