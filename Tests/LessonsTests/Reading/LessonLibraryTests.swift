import Lessons
import Messages
import TemporaryFolders
import Testing

@Suite struct LessonLibraryTests {
  private let folder = TemporaryFolder()

  init() {
    folder.write("x", to: "tree/lessons/convolution/lesson.md")
    folder.write("x", to: "tree/lessons/filters/lesson.md")
    folder.write("x", to: "tree/lessons/notes/readme.md")
    folder.write("x", to: "tree/lessons/stray.md")
    folder.write("x", to: "tree/audio/steps.wav")
    folder.write("x", to: "tree/.build/release/etude")
    folder.write("x", to: "usr/bin/etude")
    folder.write("x", to: "usr/share/etude/lessons/convolution/lesson.md")
  }

  @Test func findsLessonsAboveTheProgram() throws {
    let library = try LessonLibrary.find(from: folder.path + "/tree/.build/release/etude")
    #expect(library.folder == folder.path + "/tree/lessons")
    #expect(library.audioFolder == folder.path + "/tree/audio")
    #expect(library.list() == ["convolution", "filters"])
  }

  @Test func findsInstalledLessons() throws {
    let library = try LessonLibrary.find(from: folder.path + "/usr/bin/etude")
    #expect(library.folder == folder.path + "/usr/share/etude/lessons")
    #expect(library.audioFolder == nil)
  }

  @Test("An unpacked program has its own lessons, also below a folder that has others")
  func installedLessonsComeFirst() throws {
    folder.write("x", to: "home/lessons/mine/lesson.md")
    folder.write("x", to: "home/etude-1.0/bin/etude")
    folder.write("x", to: "home/etude-1.0/share/etude/lessons/convolution/lesson.md")
    folder.write("x", to: "home/etude-1.0/share/etude/audio/steps.wav")
    let library = try LessonLibrary.find(from: folder.path + "/home/etude-1.0/bin/etude")
    #expect(library.list() == ["convolution"])
    #expect(library.audioFolder == folder.path + "/home/etude-1.0/share/etude/audio")
  }

  @Test("Sounds are looked for beside the lesson's own folder of lessons, then beside the others")
  func audioFolders() {
    folder.write("x", to: "mine/lessons/beats/lesson.md")
    folder.write("x", to: "mine/audio/own.wav")
    let (mine, tree) = (folder.path + "/mine", folder.path + "/tree")
    func found(_ lesson: String, _ libraries: String...) -> [String] {
      LessonLibrary.audioFolders(
        ofLessonIn: lesson, libraries.map { LessonLibrary(folder: $0 + "/lessons") })
    }
    #expect(found(mine + "/lessons/beats", tree) == [mine + "/audio", tree + "/audio"])
    #expect(found(mine + "/lessons/beats", tree, mine) == [mine + "/audio", tree + "/audio"])
    #expect(found(folder.path + "/usr", tree) == [tree + "/audio"])
  }

  @Test func saysWhereItLooked() {
    let error = #expect(throws: Diagnostic.self) {
      try LessonLibrary.find(from: folder.path + "/etude")
    }
    #expect(
      error?.message
        == "the program's lessons are missing: there is neither "
        + "\(folder.path.prefix(upTo: folder.path.lastIndex(of: "/")!))/share/etude/lessons, nor a folder "
        + "'lessons' next to the program (\(folder.path)) or above it")
  }

  @Test("A folder without lessons is not the same as one that cannot be read")
  func saysWhyThereAreNone() {
    folder.write("x", to: "empty/readme")
    let empty = LessonLibrary(folder: folder.path + "/empty")
    #expect(empty.list().isEmpty)
    #expect(empty.emptiness.message == "there are no lessons in \(folder.path)/empty")
    // Root can read every folder, so a file stands for one that cannot be read.
    let unreadable = LessonLibrary(folder: folder.path + "/empty/readme")
    #expect(
      unreadable.emptiness.message
        == "the folder \(folder.path)/empty/readme cannot be read: Not a directory")
  }

  @Test func locatesByNameFolderAndFile() throws {
    let library = LessonLibrary(folder: folder.path + "/tree/lessons")
    let file = folder.path + "/tree/lessons/filters/lesson.md"
    #expect(try library.locate("filters") == file)
    #expect(try library.locate(folder.path + "/tree/lessons/filters") == file)
    #expect(try library.locate(file) == file)
  }

  @Test func otherFileTypesAreLocatedAndLeftToReading() throws {
    let library = LessonLibrary(folder: folder.path + "/tree/lessons")
    folder.write("x", to: "tree/lessons/odd/lesson.md/inside")
    let odd = folder.path + "/tree/lessons/odd/lesson.md"
    #expect(try library.locate("odd") == odd)
    #expect(throws: Problem.self) { try Lesson.read(file: odd) }
  }

  @Test(arguments: [
    ("filter", "did you mean 'filters'?"), ("xyz", "the lessons are: convolution, filters"),
    ("", "the lessons are: convolution, filters"),
    ("notes", "the lessons are: convolution, filters"),
  ])
  func unknownLessons(name: String, hint: String) {
    let library = LessonLibrary(folder: folder.path + "/tree/lessons")
    #expect(throws: Diagnostic("there is no lesson '\(name)'", hint: hint)) {
      try library.locate(name)
    }
  }

  @Test("A path that is something else says what it is")
  func notLessons() {
    let library = LessonLibrary(folder: folder.path + "/tree/lessons")
    let lessons = folder.path + "/tree/lessons"
    #expect(
      throws: Diagnostic(
        "the folder '\(lessons)' has no lesson.md",
        hint: "choose one of its lessons: convolution, filters")
    ) { try library.locate(lessons) }
    let text = folder.write("text", to: "notes.txt")
    #expect(
      throws: Diagnostic(
        "'\(text)' is no lesson",
        hint: "a lesson is a file whose name ends in .md, or its folder")
    ) { try library.locate(text) }
  }
}
