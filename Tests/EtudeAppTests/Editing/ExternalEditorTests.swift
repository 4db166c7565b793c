import EtudeApp
import Glibc
import TemporaryFolders
import Testing

@Suite("The student's own editor")
struct ExternalEditorTests {
  @Test(
    "$VISUAL comes first, empty ones count as missing",
    arguments: [
      (["VISUAL": "emacs -nw", "EDITOR": "vi"], "emacs -nw"), (["EDITOR": "vi"], "vi"),
      (["VISUAL": " ", "EDITOR": "vi"], "vi"), ([:], nil),
    ] as [([String: String], String?)])
  func command(variables: [String: String], command: String?) {
    #expect(ExternalEditor { variables[$0] }?.command == command)
  }

  private func read(_ path: String) -> String {
    String(decoding: TemporaryFolder.bytes(of: path), as: UTF8.self)
  }

  private func write(_ text: String, over path: String) {
    guard let file = fopen(path, "w") else { return }
    fputs(text, file)
    fclose(file)
  }

  private let editor = ExternalEditor { _ in "ed" }!

  @Test("It gets a file with the text and the extension of Python, which is removed afterwards")
  func editing() throws {
    var path = ""
    let edited = try editor.edit("x = 1\n", ofCell: "a/b c") { arguments in
      #expect(arguments.prefix(3) == ["/bin/sh", "-c", "ed \"$1\""])
      path = arguments[4]
      #expect(read(path) == "x = 1\n")
      write("x = 2\n", over: path)
      return 0
    }
    #expect(edited == "x = 2\n")
    #expect(path.hasSuffix("/a-b-c.py"))
    #expect(read(path).isEmpty)
  }

  @Test("One that fails changes nothing and loses nothing")
  func failing() {
    #expect(throws: ExternalEditor.Failure("ed ended with status 1, so the cell is unchanged")) {
      try editor.edit("x", ofCell: "c") { _ in 1 }
    }
    #expect(throws: ExternalEditor.Failure("ed could not be started, so the cell is unchanged")) {
      try editor.edit("x", ofCell: "c") { _ in nil }
    }
    var path = ""
    let failure = #expect(throws: ExternalEditor.Failure.self) {
      try editor.edit("x", ofCell: "c") { arguments in
        path = arguments[4]
        write("unsaved", over: path)
        return 1
      }
    }
    #expect(failure?.reason.hasSuffix("the text is in \(path)") == true)
    #expect(read(path) == "unsaved")
  }
}
