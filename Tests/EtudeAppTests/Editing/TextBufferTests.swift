import EtudeApp
import Testing

@Suite("Text buffer")
struct TextBufferTests {
  private func buffer(_ text: String, line: Int, column: Int) -> TextBuffer {
    var buffer = TextBuffer(text)
    buffer.move(to: TextBuffer.Position(line: line, column: column))
    return buffer
  }

  private func position(_ line: Int, _ column: Int) -> TextBuffer.Position {
    TextBuffer.Position(line: line, column: column)
  }

  @Test(
    "Text comes out as it went in",
    arguments: ["", "a", "a\nb", "\n", "a\n\n", "ä 音 👩‍🔬", "a\u{2028}b\u{85}c\u{c}d"])
  func text(text: String) {
    #expect(TextBuffer(text).text == text)
  }

  @Test("Text is inserted before the cursor")
  func inserting() {
    var buffer = buffer("ab\ncd", line: 1, column: 1)
    buffer.insert("x")
    #expect(buffer.text == "ab\ncxd")
    buffer.insert("1\n2\n3")
    #expect(buffer.text == "ab\ncx1\n2\n3d")
    #expect(buffer.cursor == position(3, 1))
  }

  @Test("An accent that arrives by itself belongs to the letter before it")
  func accents() {
    var buffer = TextBuffer("")
    buffer.insert("e")
    buffer.insert("\u{301}")
    #expect(buffer.cursor == position(0, 1))
    buffer.deleteBackward()
    #expect(buffer.text == "")
  }

  @Test("The count is that of the text, whatever is done to it")
  func counting() {
    var buffer = TextBuffer("ab\ncd")
    let steps: [(inout TextBuffer) -> Void] = [
      { $0.insert("x") }, { $0.insert("1\n22\n333") }, { $0.insert("e") },
      { $0.insert("\u{301}f") }, { $0.deleteBackward(count: 3) }, { $0.move(.up) },
      { $0.deleteForward() }, { $0.move(.lineEnd) }, { $0.deleteForward() },
      { $0.move(.lineStart) }, { $0.deleteToLineEnd() }, { $0.deleteBackward(count: 99) },
    ]
    for step in steps {
      step(&buffer)
      #expect(buffer.count == buffer.text.count, "\(buffer.text)")
    }
  }

  @Test("Deleting removes characters and line breaks, and stops at the ends")
  func deleting() {
    var buffer = buffer("ab\n音d", line: 1, column: 1)
    buffer.deleteBackward()
    #expect(buffer.text == "ab\nd")
    buffer.deleteBackward()
    #expect(buffer.text == "abd")
    #expect(buffer.cursor == position(0, 2))
    buffer.deleteForward()
    #expect(buffer.text == "ab")
    buffer.deleteForward()
    #expect(buffer.text == "ab")
    buffer.deleteBackward(count: 5)
    #expect(buffer.text == "")
    buffer.insert("x\ny")
    buffer.move(.up)
    buffer.move(.lineEnd)
    buffer.deleteForward()
    #expect(buffer.text == "xy")
    buffer.deleteToLineEnd()
    #expect(buffer.text == "x")
  }

  @Test("Moving crosses line ends, and up and down keep the column")
  func moving() {
    var buffer = buffer("long line\nab\nlong line", line: 0, column: 7)
    buffer.move(.down)
    #expect(buffer.cursor == position(1, 2))
    buffer.move(.down)
    #expect(buffer.cursor == position(2, 7))
    buffer.move(.down)
    #expect(buffer.cursor == position(2, 9))
    buffer.move(.right)
    #expect(buffer.cursor == position(2, 9))
    buffer.move(.up)
    buffer.move(.right)
    #expect(buffer.cursor == position(2, 0))
    buffer.move(.left)
    #expect(buffer.cursor == position(1, 2))
    buffer.move(.lineStart)
    buffer.move(.left)
    #expect(buffer.cursor == position(0, 9))
    buffer.move(.up)
    #expect(buffer.cursor == position(0, 0))
    buffer.move(.left)
    #expect(buffer.cursor == position(0, 0))
  }

  @Test("Positions outside the text are clamped")
  func clamping() {
    #expect(buffer("ab\nc", line: 9, column: 9).cursor == position(1, 1))
    #expect(buffer("ab\nc", line: -1, column: -1).cursor == position(0, 0))
  }
}
