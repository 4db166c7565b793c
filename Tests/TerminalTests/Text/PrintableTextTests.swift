import Terminal
import Testing

struct PrintableTextTests {
  private func shown(_ text: String, _ charset: Charset = .unicode) -> String {
    String(printableCharacters(of: text, charset: charset).map(\.character))
  }

  @Test func escapeSequencesAreShownNotInterpreted() {
    #expect(shown("\u{1B}[31mred\u{1B}]0;title\u{7}") == "␛[31mred␛]0;title␇")
    #expect(shown("\u{1B}[31mred", .ascii) == "?[31mred")
    #expect(shown("\u{9B}2J\u{7F}\u{0}") == "�2J␡␀")
  }

  @Test(
    "Invisible formatting leaves no mark",
    arguments: [
      0xAD, 0x34F, 0x61C, 0x180B, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x202A, 0x202D, 0x202E,
      0x2060, 0x2064, 0x2066, 0x2069, 0x206F, 0xFE00, 0xFE0F, 0xFEFF, 0xFFF9, 0xFFFB, 0x1D173,
      0xE0001, 0xE0041, 0xE007F, 0xE0FFF,
    ] as [UInt32])
  func invisible(value: UInt32) throws {
    let scalar = try #require(Unicode.Scalar(value))
    for charset in Charset.allCases {
      #expect(displayWidth(of: "a\(scalar)b", charset: charset) == 2)
      // Marks stay with their base, but draw nothing.
      #expect(shown("a\(scalar)b", charset).unicodeScalars.filter(\.isASCII).count == 2)
      #expect(!shown("a\(scalar)b", charset).contains("�"))
    }
  }

  @Test func bidirectionalControlsAreDropped() {
    #expect(shown("a\u{202E}b\u{2066}c\u{200F}d\u{61C}e") == "abcde")
  }

  @Test func joinersStayWithTheLettersTheyShape() {
    let persian = "می\u{200C}خواهم"
    #expect(shown(persian) == persian)
    #expect(displayWidth(of: persian) == 7)
    let sinhala = "ක්\u{200D}ෂ"
    #expect(shown(sinhala) == sinhala)
    #expect(shown("a\u{200C}b\u{200D}c\u{200C}") == "abc")
    #expect(shown("\u{200C}\u{200D}") == "")
  }

  @Test func charactersWithoutAPictureAreReplaced() {
    #expect(shown("\u{E000}\u{378}\u{10FFFF}") == "���")
    #expect(shown("a\u{2028}b\u{2029}c\u{85}d") == "a b c d")
  }

  @Test func whiteSpaceBecomesBlanks() {
    #expect(shown("a\tb\r\nc\u{A0}d\u{3000}e") == "a b  c d e")
  }

  @Test func aBaseKeepsAtMostThreeMarks() {
    let zalgo = "e" + String(repeating: "\u{301}", count: 50) + "x"
    let characters = printableCharacters(of: zalgo)
    #expect(characters.count == 2)
    #expect(characters[0].character.unicodeScalars.count == 4)
    #expect(displayWidth(of: zalgo) == 2)
    #expect(printableCharacters(of: "\u{301}\u{302}").isEmpty)
    #expect(displayWidth(of: "e\u{301}a", charset: .ascii) == 2)
  }

  @Test func emojiSequencesSplitIntoCharactersTheTerminalCounts() {
    #expect(shown("👩\u{200D}💻") == "👩💻")
    #expect(displayWidth(of: "👩\u{200D}💻") == 4)
    #expect(displayWidth(of: "❤\u{FE0F}") == 1)
  }

  @Test(arguments: [
    ("a", 1), ("é", 1), ("漢", 2), ("한", 2), ("ｗ", 2), ("⣿", 1), ("━", 1), ("♪", 1), ("⏎", 1),
    ("😀", 2), ("Σ", 1), ("␛", 1), ("\u{1F1E6}", 1), ("。", 2),
  ])
  func widths(text: String, width: Int) {
    #expect(displayWidth(of: text) == width)
  }

  @Test func everyScalarYieldsOnlyPrintableCharacters() {
    for value in UInt32(0)...0x10FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      for charset in Charset.allCases {
        for printable in printableCharacters(of: String(scalar), charset: charset) {
          guard
            printable.width == 1 || printable.width == 2,
            printable.character.unicodeScalars.allSatisfy({ isHarmless($0, charset) })
          else {
            Issue.record("U+\(String(value, radix: 16)) came out as \(printable)")
            return
          }
        }
      }
    }
  }

  private func isHarmless(_ scalar: Unicode.Scalar, _ charset: Charset) -> Bool {
    guard charset == .unicode else { return scalar.value >= 0x20 && scalar.value < 0x7F }
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
      .paragraphSeparator:
      return false
    default:
      return true
    }
  }

  @Test(arguments: [
    ("−6 dB → π", "-6 dB -> pi"), ("“x²” — 3·10⁻¹²…", "\"x^2\" -- 3*10^-12..."),
    ("Σ λ Ω µs", "Sigma lambda Ohm us"), ("naïve Müller Łódź", "naive Muller Lodz"),
    ("a ≤ b ≠ c × d", "a <= b != c x d"), ("h₁₂", "h_12"), ("漢", "?"), ("straße", "strasse"),
  ])
  func proseIsSpelledInASCII(text: String, spelling: String) {
    #expect(shown(text, .ascii) == spelling)
  }

  @Test func everyGlyphHasAnASCIISubstituteOfTheSameWidth() {
    let (unicode, ascii) = (Glyphs(.unicode), Glyphs(.ascii))
    let single: [KeyPath<Glyphs, String>] = [
      \.bullet, \.minus, \.separator, \.dot, \.folded, \.unfolded, \.checkMark, \.crossMark,
      \.horizontal, \.vertical, \.dashedHorizontal, \.dashedVertical,
      \.cornerBottomLeft, \.tickLeft, \.tickBottom, \.quoteBar, \.focus, \.railStart, \.railEnd,
      \.knob, \.note, \.playing, \.paused, \.choiceStart, \.choiceEnd, \.progressDone,
      \.progressLeft, \.point,
    ]
    for glyph in single {
      #expect(displayWidth(of: unicode[keyPath: glyph]) == 1)
      #expect(ascii[keyPath: glyph].utf8.count == 1)
    }
    for text in ascii.shades + ascii.levels + [ascii.ellipsis, ascii.keyEnter, ascii.keyTab] {
      #expect(text.utf8.allSatisfy { $0 < 0x80 })
    }
  }

  @Test func truncationAddsAnEllipsis() {
    #expect(truncated("abcdef", toWidth: 4) == "abc…")
    #expect(truncated("abcdef", toWidth: 6) == "abcdef")
    #expect(truncated("漢字漢字", toWidth: 4) == "漢…")
    #expect(truncated("abcdef", toWidth: 4, charset: .ascii) == "a...")
    #expect(truncated("abcdef", toWidth: 2, charset: .ascii) == "..")
    #expect(truncated("abcdef", toWidth: 0) == "")
    #expect(truncated("abcdef", toWidth: -1) == "")
  }
}
