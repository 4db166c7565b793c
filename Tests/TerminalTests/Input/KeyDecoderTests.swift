import Terminal
import Testing

struct KeyDecoderTests {
  private func raw(_ text: String) -> [RawInput] { text.unicodeScalars.map { .scalar($0) } }

  private func decode(_ text: String) -> [Event] {
    var decoder = KeyDecoder()
    return decoder.decode(raw(text), at: 0)
  }

  @Test(
    arguments: [
      ("a", .character("a")), ("é", .character("é")), (" ", .character(" ")), ("\r", .enter),
      ("\n", .enter), ("\t", .tab), ("\u{7F}", .backspace), ("\u{8}", .backspace),
      ("\u{3}", .control("c")), ("\u{1A}", .control("z")), ("\u{1B}", .escape),
      ("\u{1B}[D", .left), ("\u{1B}OC", .right), ("\u{1B}[1;2D", .shiftLeft),
      ("\u{1B}[1;2C", .shiftRight), ("\u{1B}[1;5C", .right), ("\u{1B}[Z", .backTab),
      ("\u{1B}[5~", .pageUp), ("\u{1B}[15~", .function(5)), ("\u{1B}OP", .function(1)),
      ("\u{1B}[1~", .home), ("\u{1B}[F", .end),
    ] as [(String, Key)])
  func keys(text: String, key: Key) {
    #expect(decode(text) == [.key(key)])
  }

  @Test func severalKeysAtOnce() {
    #expect(
      decode("j\u{1B}[Bk\u{1B}")
        == [.key(.character("j")), .key(.down), .key(.character("k")), .key(.escape)])
    var decoder = KeyDecoder()
    #expect(
      decoder.decode([.key(.up), .scalar("x")], at: 0) == [.key(.up), .key(.character("x"))])
  }

  @Test func pastedTextIsOneEvent() {
    #expect(
      decode("a\u{1B}[200~x = 1\r\ty\u{1B}[A\nq\u{1B}[201~b")
        == [
          .key(.character("a")), .paste("x = 1\n\ty\u{1B}[A\nq"), .key(.character("b")),
        ])
    #expect(decode("\u{1B}[200~a\r\nb\r\rc\u{1B}[201~") == [.paste("a\nb\n\nc")])
    #expect(decode("\u{1B}[200~\u{1B}[201~") == [.paste("")])
  }

  @Test func pastedTextMayArriveInParts() {
    var decoder = KeyDecoder()
    #expect(decoder.decode(raw("\u{1B}[200~one"), at: 0).isEmpty)
    #expect(decoder.decode(raw(" two\u{1B}"), at: 500).isEmpty)
    #expect(decoder.decode(raw("[201~q"), at: 1000) == [.paste("one two"), .key(.character("q"))])
  }

  /// Otherwise a broken connection would leave every later key without effect.
  @Test func pastedTextWithoutAnEndIsAcceptedAfterATimeout() {
    var decoder = KeyDecoder()
    #expect(decoder.decode(raw("\u{1B}[200~one"), at: 0).isEmpty)
    #expect(decoder.decode(raw("q"), at: 2000) == [.paste("one"), .key(.character("q"))])
  }

  @Test(
    "The terminal tells the colour behind its text",
    arguments: [
      ("\u{1B}]11;rgb:fafa/fafa/f8f8\u{7}", .light), ("\u{1B}]11;rgb:ff/ff/ff\u{1B}\\", .light),
      ("\u{1B}]11;rgb:1010/1212/1616\u{1B}\\", .dark), ("\u{1B}]11;rgb:0/0/f\u{9C}", .dark),
    ] as [(String, Theme.Background)])
  func background(text: String, background: Theme.Background) {
    #expect(decode(text + "q") == [.background(background), .key(.character("q"))])
  }

  @Test("An answer may come in parts; none of it is taken for typing, nor what is no answer")
  func answers() {
    var decoder = KeyDecoder()
    #expect(decoder.decode(raw("\u{1B}"), at: 0) == [.key(.escape)])
    #expect(decoder.decode(raw("]11;rgb:ffff/ff"), at: 100).isEmpty)
    #expect(decoder.decode(raw("ff/ffff\u{7}"), at: 200) == [.background(.light)])
    for text in [
      "\u{1B}]11;rgb:ffff\u{7}", "\u{1B}]11;rgb:zz/0/0\u{7}", "\u{1B}]52;c;eA==\u{1B}\\",
    ] {
      #expect(decode(text + "q") == [.key(.character("q"))], "\(text)")
    }
    // Alt and "]", then typing.
    var typing = KeyDecoder()
    #expect(typing.decode(raw("\u{1B}]"), at: 0).isEmpty)
    #expect(typing.decode(raw("q"), at: 1000) == [.key(.character("q"))])
  }

  @Test func unknownSequencesAreDroppedWhole() {
    for sequence in ["\u{1B}[99;99X", "\u{1B}[?1;2c", "\u{1B}[201~", "\u{1B}[1;", "\u{1B}Oz"] {
      #expect(decode(sequence).isEmpty)
    }
    #expect(decode("\u{1B}[99Xq") == [.key(.character("q"))])
  }

  @Test func anEscapeBeforeOtherKeysIsAKey() {
    #expect(decode("\u{1B}n") == [.key(.escape), .key(.character("n"))])
    #expect(decode("\u{1B}\u{1B}") == [.key(.escape), .key(.escape)])
    #expect(decode("\u{1B}[") == [.key(.escape), .key(.character("["))])
  }

  @Test func theRestOfASplitSequenceIsNotTyped() {
    var decoder = KeyDecoder()
    #expect(decoder.decode(raw("\u{1B}"), at: 1000) == [.key(.escape)])
    #expect(decoder.decode(raw("[D"), at: 1150) == [.key(.left)])
    #expect(decoder.decode(raw("\u{1B}"), at: 2000) == [.key(.escape)])
    #expect(decoder.decode(raw("[99X"), at: 2150) == [])
    #expect(decoder.decode(raw("\u{1B}"), at: 3000) == [.key(.escape)])
    #expect(
      decoder.decode(raw("[D"), at: 5000) == [.key(.character("[")), .key(.character("D"))])
  }

  @Test func mouseReports() {
    func mouse(_ action: Mouse.Action, _ x: Int, _ y: Int) -> [Event] {
      [.mouse(Mouse(action: action, x: x, y: y))]
    }
    #expect(decode("\u{1B}[<0;11;6M") == mouse(.press, 10, 5))
    #expect(decode("\u{1B}[<0;11;6m") == mouse(.release, 10, 5))
    #expect(decode("\u{1B}[<36;300;1M") == mouse(.drag, 299, 0))
    #expect(decode("\u{1B}[<64;1;1M") == mouse(.scrollUp, 0, 0))
    #expect(decode("\u{1B}[<65;1;1M") == mouse(.scrollDown, 0, 0))
    #expect(decode("\u{1B}[<2;1;1M").isEmpty)
    #expect(decode("\u{1B}[<0;1M").isEmpty)
    #expect(decode("\u{1B}[<0;99999999999999999999;1M").isEmpty)
  }
}
