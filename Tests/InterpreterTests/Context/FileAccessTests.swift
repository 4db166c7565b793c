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
    #expect(try access.pathForReading("a.wav") == "\(folder)/lesson/a.wav")
    #expect(try access.pathForReading("b.wav") == "\(folder)/audio/b.wav")
    #expect(try access.pathForReading("./inner/../a.wav") == "\(folder)/lesson/a.wav")
    #expect(try access.pathForReading("\(folder)/audio/b.wav") == "\(folder)/audio/b.wav")
  }

  @Test(arguments: [
    ("../secret.wav", "outside"), ("link.wav", "outside"), ("/etc/passwd", "outside"),
    ("../audio-other/c.wav", "outside"), ("none.wav", "no file"), ("inner", "folder"),
    (".", "outside"),
    ("pipe.wav", "pipe"), ("", "empty"), ("a\0.wav", "null"), ("/dev/zero", "outside"),
    ("loop.wav", "cannot be opened"),
  ])
  func everythingElseIsRejected(name: String, reason: String) {
    let expected = name == "." ? "" : reason
    #expect {
      try access.pathForReading(name)
    } throws: { ($0 as? Diagnostic)?.message.contains(expected) == true }
  }

  @Test func symlinksWithinTheFoldersAreFollowed() throws {
    #expect(try access.pathForReading("fine.wav") == "\(folder)/audio/b.wav")
  }

  @Test func onlyEvalWrites() throws {
    #expect(throws: Diagnostic.self) { try access.pathForWriting("x.npy") }
    let everything = FileAccess(.everything)
    #expect(try everything.pathForWriting("\(folder)/new.npy") == "\(folder)/new.npy")
    #expect(try everything.pathForReading("\(folder)/secret.wav") == "\(folder)/secret.wav")
    #expect(throws: Diagnostic.self) { try everything.pathForReading("/dev/zero") }
    #expect(throws: Diagnostic.self) { try everything.pathForReading(folder) }
    #expect(throws: Diagnostic.self) { try everything.pathForWriting(folder) }
  }
}
