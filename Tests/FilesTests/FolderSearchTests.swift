import Concurrency
import Files
import Glibc
import TemporaryFolders
import Testing

@Suite final class FolderSearchTests {
  private let temporary = TemporaryFolder()
  private var folder: String { temporary.path }
  private let search: FolderSearch

  init() {
    search = FolderSearch(folders: ["\(temporary.path)/lesson", "\(temporary.path)/audio"])
    for (name, text) in [
      ("lesson/a.txt", "lesson"), ("lesson/inner/deep.txt", "deep"), ("audio/a.txt", "audio"),
      ("audio/b.txt", "b"), ("secret.txt", "secret"), ("lesson-2/c.txt", "other"),
    ] { temporary.write(text, to: name) }
    for (target, name) in [
      ("../secret.txt", "out.txt"), ("../audio/b.txt", "in.txt"), ("loop.txt", "loop.txt"),
      ("..", "up"), ("/", "root"), ("inner/", "slash"), ("in.txt", "chain.txt"), ("none", "dead"),
      ("\(temporary.path)/lesson/a.txt", "absolute.txt"), ("/dev/zero", "zero"),
    ] { symlink(target, "\(folder)/lesson/\(name)") }
    mkfifo("\(folder)/lesson/pipe", 0o600)
  }

  private func text(_ name: String) throws(FileError) -> String {
    String(decoding: try search.open(name).bytes(limit: 100), as: UTF8.self)
  }

  @Test(arguments: [
    ("a.txt", "lesson"), ("b.txt", "b"), ("inner/deep.txt", "deep"), ("in.txt", "b"),
    ("chain.txt", "b"), ("absolute.txt", "lesson"), ("./inner/../a.txt", "lesson"),
    ("up/audio/a.txt", "audio"), ("../audio/b.txt", "b"), ("inner//deep.txt", "deep"),
    ("slash/deep.txt", "deep"),
  ])
  func filesBelowTheFoldersAreRead(name: String, expected: String) throws {
    #expect(try text(name) == expected)
    try search.find(name)
  }

  @Test(arguments: [
    ("out.txt", FileError.outside), ("../secret.txt", .outside), ("up/secret.txt", .outside),
    ("root/etc/passwd", .outside), ("/etc/passwd", .outside), ("../lesson-2/c.txt", .outside),
    ("zero", .outside), ("none.txt", .missing), ("dead", .missing), ("a.txt/more", .missing),
    ("a.txt/", .missing), ("a\0", .missing), ("", .folder), (".", .folder), ("inner", .folder),
    ("pipe", .notRegular), ("loop.txt", .system(ELOOP)), ("..", .outside),
  ])
  func everythingElseIsRejected(name: String, error: FileError) {
    #expect(throws: error) { try search.open(name) }
    #expect(throws: error) { try search.find(name) }
  }

  @Test func pathsAreAbsoluteAndFreeOfLinks() throws {
    let real = try #require(realpath(folder, nil).map { String(cString: $0) })
    #expect(try search.open("chain.txt").path == "\(real)/audio/b.txt")
  }

  @Test func aFolderMayBeRelativeToTheWorkingDirectory() throws {
    let here = FolderSearch(folders: ["."])
    #expect(throws: FileError.missing) { try here.open("no-such-file") }
    #expect(throws: FileError.outside) { try here.open("\(folder)/secret.txt") }
  }

  @Test func aLinkInThePlaceOfTheFolderIsNotTheFolder() {
    rename("\(folder)/lesson", "\(folder)/moved")
    symlink("/etc", "\(folder)/lesson")
    #expect(throws: FileError.outside) { try search.open("passwd") }
  }

  /// Links that change while files are opened lead nowhere else: swapped for a file, and in a folder on
  /// the way.
  @Test(arguments: ["swap.txt", "way/a.txt"])
  func linksThatAreSwappedMeanwhileDoNotLeadOutside(name: String) throws {
    temporary.write("stolen", to: "outside/a.txt")
    temporary.write("lesson", to: "lesson/inner/a.txt")
    let lesson = "\(folder)/lesson"
    @Sendable func replace(_ target: String, _ link: String) {
      symlink(target, "\(lesson)/next")
      rename("\(lesson)/next", "\(lesson)/\(link)")
    }
    replace("a.txt", "swap.txt")
    replace("inner", "way")
    let isDone = Interrupt()
    let thread = try #require(
      WorkerThread {
        while !isDone.isRequested {
          replace("../secret.txt", "swap.txt")
          replace("../outside", "way")
          replace("a.txt", "swap.txt")
          replace("inner", "way")
        }
      })
    var counts: [String: Int] = [:]
    for _ in 0..<4000 {
      do throws(FileError) {
        counts[try text(name), default: 0] += 1
      } catch {
        counts["\(error)", default: 0] += 1
      }
    }
    isDone.request()
    thread.join()
    #expect(Set(counts.keys).isSubset(of: ["lesson", "outside"]), "\(counts)")
    // What is outside was refused, and not because nothing was tried.
    #expect((counts["outside"] ?? 0) > 0 && (counts["lesson"] ?? 0) > 0, "\(counts)")
  }
}
