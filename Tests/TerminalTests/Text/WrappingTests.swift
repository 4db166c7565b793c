import Terminal
import Testing

struct WrappingTests {
  private func lines(
    _ text: String, _ width: Int, indent: Int = 0, hanging: Int = 0, charset: Charset = .unicode
  ) -> [String] {
    wrap(text, width: width, indent: indent, hangingIndent: hanging, charset: charset)
      .map { $0.map(\.text).joined() }
  }

  @Test func breaksBetweenWords() {
    #expect(lines("the kernel slides over", 10) == ["the kernel", "slides", "over"])
    #expect(lines("a  b", 10) == ["a  b"])
    #expect(lines("ab   cd", 3) == ["ab", "cd"])
  }

  @Test func breaksWordsThatAreLongerThanALine() {
    #expect(lines("x abcdefgh y", 3) == ["x", "abc", "def", "gh", "y"])
    #expect(lines("abcdefgh y", 4) == ["abcd", "efgh", "y"])
  }

  @Test func keepsNewlinesAndIndents() {
    #expect(lines("a\n\nb c", 9) == ["a", "", "b c"])
    #expect(lines("one two three", 7, hanging: 2) == ["one two", "  three"])
    #expect(lines("one two", 7, indent: 3, hanging: 1) == ["   one", " two"])
    #expect(lines("  code", 9) == ["  code"])
  }

  @Test func breaksBetweenWideCharactersButNotAtNoBreakSpaces() {
    #expect(lines("漢字漢字", 5) == ["漢字", "漢字"])
    #expect(lines("at 200\u{A0}Hz", 7) == ["at", "200 Hz"])
  }

  @Test func measuresTheTextInItsCharset() {
    #expect(lines("a → b → c", 6) == ["a → b", "→ c"])
    #expect(lines("a → b → c", 6, charset: .ascii) == ["a -> b", "-> c"])
  }

  @Test func acceptsAnyWidth() {
    #expect(lines("text", 0).isEmpty)
    #expect(lines("text", -4).isEmpty)
    #expect(lines("", 5) == [""])
    #expect(lines("漢a", 1) == ["漢", "a"])
    #expect(lines("ab", 1, hanging: 9) == ["a", "b"])
  }

  @Test func keepsStyles() {
    let bold = Style(isBold: true)
    let wrapped = wrap([Span("one "), Span("two three", bold)], width: 7)
    #expect(wrapped == [[Span("one "), Span("two", bold)], [Span("three", bold)]])
  }

  @Test("Plain ASCII, which has a quicker way, is wrapped like any other text")
  func asciiLikeOthers() {
    let text = "  one, two  three_four_five_six_seven 8\nnine   ten  \n\n   eleven  "
    let other = text.replacing("o", with: "ö")
    for width in 1...30 {
      for (indent, hanging) in [(0, 0), (1, 3), (5, 0), (2, 9)] {
        let plain = lines(text, width, indent: indent, hanging: hanging)
        #expect(
          plain.map { $0.replacing("o", with: "ö") }
            == lines(other, width, indent: indent, hanging: hanging), "\(width)")
        for text in [text, other] {
          #expect(
            wrappedLineCount(of: text, width: width, indent: indent, hangingIndent: hanging)
              == plain.count)
        }
      }
    }
  }

  @Test("A line that ends with a carriage return and a line feed ends once")
  func lineEnds() {
    #expect(lines("a\r\nb", 9) == ["a", "b"])
    #expect(lines("é\r\nb", 9) == ["é", "b"])
  }

  @Test("Lines beyond the limit are replaced by an ellipsis that fits")
  func firstLinesOnly() {
    for width in 4...30 {
      let all = wrap("the quick brown fox jumps over it", width: width)
      let shown = firstLines(all, count: 2, width: width)
      let text = shown.map { $0.map(\.text).joined() }
      #expect(text.allSatisfy { displayWidth(of: $0) <= width }, "\(text)")
      #expect(text.count == min(2, all.count))
      #expect(text.last?.hasSuffix("…") == (all.count > 2))
    }
  }

  @Test func noLineIsTooWideAndNoCharacterIsLost() {
    let text = "Eleven taps can’t cut at 200 Hz: 漢字kanji, a_very_long_identifier_indeed — end."
    for width in 2...40 {
      let wrapped = lines(text, width)
      #expect(wrapped.allSatisfy { displayWidth(of: $0) <= width })
      #expect(wrapped.joined().filter { $0 != " " } == text.filter { $0 != " " })
    }
  }

  @Test func aZeroWidthSpaceAllowsABreak() {
    func lines(_ text: String, _ width: Int) -> [String] {
      wrap(text, width: width).map { $0.map(\.text).joined() }
    }
    #expect(lines("long\u{200B}words\u{200B}here", 20) == ["longwordshere"])
    #expect(lines("long\u{200B}words\u{200B}here", 6) == ["long", "words", "here"])
    #expect(lines("a long\u{200B}word", 7) == ["a long", "word"])
  }
}
