import Files
import Glibc
import TemporaryFolders
import Testing

@Suite final class FileReplacementTests {
  private let temporary = TemporaryFolder()
  private var folder: String { temporary.path }

  private func replace(_ path: String, with text: String = "new") throws(FileError) {
    let replacement = try FileReplacement(of: path)
    try replacement.write(Array(text.utf8))
    try replacement.commit(isDurable: true)
  }

  private func text(_ name: String) -> String {
    String(decoding: TemporaryFolder.bytes(of: "\(folder)/\(name)"), as: UTF8.self)
  }

  private func mode(_ name: String) -> mode_t {
    var status = stat()
    lstat("\(folder)/\(name)", &status)
    return status.st_mode
  }

  @Test func aFileIsWrittenWhole() throws {
    try replace("\(folder)/a.txt")
    #expect(text("a.txt") == "new")
    try replace("\(folder)/a.txt", with: "newer")
    #expect(text("a.txt") == "newer")
    #expect(temporary.names() == ["a.txt"])
  }

  @Test(arguments: [0o600, 0o640, 0o755, 0o606] as [mode_t])
  func aReplacedFileKeepsItsMode(bits: mode_t) throws {
    temporary.write("old", to: "a.txt")
    chmod("\(folder)/a.txt", bits)
    try replace("\(folder)/a.txt")
    #expect(text("a.txt") == "new")
    #expect(mode("a.txt") & 0o7777 == bits)
  }

  @Test func nothingButRegularFilesIsReplaced() throws {
    temporary.write("target", to: "target.txt")
    symlink("target.txt", "\(folder)/link")
    symlink("nothing", "\(folder)/dead")
    mkfifo("\(folder)/pipe", 0o600)
    mkdir("\(folder)/folder", 0o700)
    let before = temporary.names()
    for (name, error) in [
      ("link", FileError.link), ("dead", .link), ("pipe", .notRegular), ("folder", .folder),
    ] {
      #expect(throws: error) { try replace("\(folder)/\(name)") }
      #expect(FileReplacement.obstacle(at: "\(folder)/\(name)") == error)
    }
    #expect(throws: FileError.notRegular) { try replace("/dev/null") }
    #expect(throws: FileError.missing) { try replace("\(folder)/none/a.txt") }
    #expect(throws: FileError.folder) { try replace("\(folder)/") }
    #expect(throws: FileError.missing) { try replace("") }
    #expect(temporary.names() == before)
    #expect(text("target.txt") == "target")
    #expect(mode("pipe") & S_IFMT == S_IFIFO)
  }

  /// What takes the place between the first look and the last step is not replaced either.
  @Test func aLinkThatAppearsMeanwhileIsNotReplaced() throws {
    let replacement = try FileReplacement(of: "\(folder)/a.txt")
    try replacement.write([1])
    symlink("elsewhere", "\(folder)/a.txt")
    #expect(throws: FileError.link) { try replacement.commit() }
    #expect(mode("a.txt") & S_IFMT == S_IFLNK)
  }

  @Test func whatIsNotCommittedLeavesNothing() throws {
    temporary.write("old", to: "a.txt")
    do {
      let replacement = try FileReplacement(of: "\(folder)/a.txt")
      try replacement.write([1, 2, 3])
      #expect(temporary.names().contains { $0.hasSuffix(FileReplacement.temporarySuffix) })
    }
    #expect(temporary.names() == ["a.txt"])
    #expect(text("a.txt") == "old")
  }

  @Test func namesMayBeAsLongAsTheSystemAllows() throws {
    let name = String(repeating: "ä", count: 125) + ".txt"
    try replace("\(folder)/\(name)")
    #expect(text(name) == "new")
  }

  @Test(.disabled(if: geteuid() == 0, "root may write everything"))
  func aReadOnlyFileStays() {
    temporary.write("old", to: "a.txt")
    chmod("\(folder)/a.txt", 0o400)
    #expect(throws: FileError.forbidden) { try replace("\(folder)/a.txt") }
    #expect(text("a.txt") == "old")
  }
}
