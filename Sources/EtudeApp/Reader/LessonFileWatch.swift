import Glibc

/// Notices that the lesson's file has changed, by asking for its status now and then: that works on every
/// file system, and costs microseconds.
struct LessonFileWatch {
  /// How often to ask, in milliseconds.
  static let interval = 1_000

  private struct Status: Equatable {
    var file: UInt64
    var size: Int
    var seconds: Int
    var nanoseconds: Int
  }

  private let path: String
  /// As the lesson was read; nil when there was no file.
  private var known: Status?
  /// As it was found last: an editor may still be writing.
  private var latest: Status?
  private var nextTime = 0
  /// Whether the student was told that the file has changed, but not reloaded.
  var isTold = false

  init(_ path: String) {
    self.path = path
    read()
  }

  /// The file as it is now is the one that was read.
  mutating func read() {
    known = status
    latest = known
    isTold = false
  }

  /// Whether the file is another one than was read, and has been the same for a while.
  ///
  /// - Parameter now: in milliseconds, from a monotonic clock.
  mutating func hasChanged(at now: Int) -> Bool {
    guard now >= nextTime else { return false }
    nextTime = now + Self.interval - 100
    let status = status
    defer { latest = status }
    return status != nil && status != known && status == latest
  }

  private var status: Status? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    return Status(
      file: UInt64(status.st_ino), size: Int(status.st_size), seconds: status.st_mtim.tv_sec,
      nanoseconds: status.st_mtim.tv_nsec)
  }
}

extension ReaderLoop {
  /// Reloads the lesson when its file has changed, with place and answers kept. Not while the student is
  /// typing or answering a question; a run in progress would be interrupted, so that F5 has to be pressed.
  ///
  /// - Returns: whether there is something new to show.
  func reloadChangedLesson() -> Bool {
    guard lessonFile.hasChanged(at: milliseconds()), reader.overlay == nil else { return false }
    guard reader.trainingProgress == nil else {
      defer { lessonFile.isTold = true }
      if lessonFile.isTold { return false }
      reader.say("the lesson's file has changed; F5 reloads it, and pauses the training")
      return true
    }
    reload()
    return true
  }
}
