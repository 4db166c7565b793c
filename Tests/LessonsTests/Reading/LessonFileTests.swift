import Glibc
import Lessons
import TemporaryFolders
import Testing

@Suite struct LessonFileTests {
  private let folder = TemporaryFolder()

  private func message(_ path: String) -> String? {
    do throws(Problem) {
      _ = try Lesson.read(file: path)
      return nil
    } catch {
      return error.message
    }
  }

  @Test func readsAFileAndResolvesItsFolder() throws {
    let file = folder.write(sampleLesson, to: "short/lesson.md")
    symlink(folder.path + "/short", folder.path + "/link")
    #expect(try Lesson.read(file: file).problems == [])
    let linked = try Lesson.read(file: folder.path + "/link/lesson.md")
    #expect(linked.folder == folder.path + "/short")
    #expect(linked.file == folder.path + "/link/lesson.md")
  }

  @Test func saysWhyAFileCannotBeRead() {
    let pipe = folder.path + "/pipe"
    mkfifo(pipe, 0o600)
    #expect(
      message(folder.path + "/none.md") == "the file cannot be opened: No such file or directory")
    #expect(message(folder.path) == "this is a folder, not a lesson's file")
    #expect(message(pipe) == "this is not a regular file")
    #expect(message("/dev/zero") == "this is not a regular file")
  }

  @Test func rejectsHugeFiles() {
    let file = folder.write("x", to: "huge.md")
    truncate(file, (16 << 20) + 1)
    #expect(message(file) == "the file is larger than 16 MB, the limit for a lesson")
  }

  @Test func invalidUTF8IsReplacedAndReported() throws {
    let start = Array("---\ntitle: A\nid: a\n---\n## P\n\nok\n".utf8)
    let bytes: [UInt8] = [0x61, 0xFF, 0x62, 0x0A, 0x63, 0x0A, 0xC3, 0xA9, 0xE9, 0x0A]
    let lesson = try Lesson.read(file: folder.write(start + bytes, to: "bytes.md"))
    #expect(
      lesson.problems.summaries == [
        "8:2 this line is not UTF-8 text; save the file as UTF-8",
        "10:2 this line is not UTF-8 text; save the file as UTF-8",
      ])
    #expect(lesson.pages[0].blocks.outline == ["ok a\u{FFFD}b c é\u{FFFD}"])
  }
}
