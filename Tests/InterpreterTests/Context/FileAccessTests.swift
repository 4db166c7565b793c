import Glibc
import Interpreter
import Messages
import TemporaryFolders
import Testing

@Suite final class FileAccessTests {
  private let temporary = TemporaryFolder()
  private var folder: String { temporary.path }
  private let access: FileAccess

  init() {
    let folder = temporary.path
    access = FileAccess(.folders(["\(folder)/lesson", "\(folder)/audio"]))
    for name in ["lesson", "audio", "lesson/inner", "audio-other"] {
      mkdir("\(folder)/\(name)", 0o700)
    }
    for name in ["lesson/a.wav", "audio/a.wav", "audio/b.wav", "secret.wav", "audio-other/c.wav"] {
      close(open("\(folder)/\(name)", O_CREAT | O_WRONLY, 0o600))
    }
    symlink("../secret.wav", "\(folder)/lesson/link.wav")
    symlink("../audio/b.wav", "\(folder)/lesson/fine.wav")
    symlink("loop.wav", "\(folder)/lesson/loop.wav")
    mkfifo("\(folder)/lesson/pipe.wav", 0o600)
  }

  @Test func foldersAreSearchedInOrder() throws {
    #expect(try access.open("a.wav").path == "\(folder)/lesson/a.wav")
    #expect(try access.open("b.wav").path == "\(folder)/audio/b.wav")
    #expect(try access.open("./inner/../a.wav").path == "\(folder)/lesson/a.wav")
    #expect(try access.open("\(folder)/audio/b.wav").path == "\(folder)/audio/b.wav")
  }

  @Test(arguments: [
    ("../secret.wav", "outside"), ("link.wav", "outside"), ("/etc/passwd", "outside"),
    ("../audio-other/c.wav", "outside"), ("none.wav", "no file"), ("inner", "folder"),
    (".", "folder"), ("a\nb.wav", "line break"), ("a\u{1B}.wav", "control character"),
    ("pipe.wav", "pipe"), ("", "empty"), ("a\0.wav", "null"), ("/dev/zero", "outside"),
    ("loop.wav", "cannot be opened"),
  ])
  func everythingElseIsRejected(name: String, reason: String) {
    let error = #expect(throws: Diagnostic.self) { try access.open(name) }
    #expect(error?.message.contains(reason) == true, "\(error?.message ?? "")")
  }

  @Test func symlinksWithinTheFoldersAreFollowed() throws {
    #expect(try access.open("fine.wav").path == "\(folder)/audio/b.wav")
  }

  @Test func onlyEvalWrites() throws {
    #expect(throws: Diagnostic.self) { try access.pathForWriting("x.npy") }
    let everything = FileAccess(.everything)
    #expect(try everything.pathForWriting("\(folder)/new.npy") == "\(folder)/new.npy")
    #expect(try everything.open("\(folder)/secret.wav").path == "\(folder)/secret.wav")
    #expect(throws: Diagnostic.self) { try everything.open("/dev/zero") }
    #expect(throws: Diagnostic.self) { try everything.open(folder) }
    #expect(throws: Diagnostic.self) { try everything.pathForWriting(folder) }
  }

  @Test func linksPipesAndNamesWithControlsAreNotWritten() {
    let saving = FileAccess(
      .folders(["\(folder)/lesson"], writing: .folder("\(folder)/lesson")))
    for access in [saving, FileAccess(.everything)] {
      let prefix = access.isForLesson ? "" : "\(folder)/lesson/"
      for (name, reason) in [
        ("link.wav", "symbolic link"), ("pipe.wav", "not a regular file"), ("inner", "folder"),
        ("a\nb.npy", "line break"), ("a\u{9B}b.npy", "control character"),
      ] {
        let error = #expect(throws: Diagnostic.self) { try access.pathForWriting(prefix + name) }
        #expect(error?.message.contains(reason) == true, "\(error?.message ?? "")")
      }
    }
  }
}
