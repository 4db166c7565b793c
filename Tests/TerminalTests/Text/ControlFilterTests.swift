import Terminal
import Testing

@Suite struct ControlFilterTests {
  private func filtered(_ bytes: [UInt8]) -> String {
    var filter = ControlFilter()
    var result: [UInt8] = []
    withUnsafeTemporaryAllocation(byteCount: ControlFilter.longestOutput, alignment: 1) { output in
      for byte in bytes {
        let count = filter.put(byte, into: output)
        #expect(count <= ControlFilter.longestOutput)
        result += output[..<count]
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  @Test(arguments: [
    ("plain\ttext\n", "plain\ttext\n"), ("naïve 日本 👩‍💻 é", "naïve 日本 👩‍💻 é"),
    ("\u{1B}]0;title\u{7}", #"\x1b]0;title\x07"#), ("\u{9B}2J", #"\xc2\x9b2J"#),
    ("\u{202E}x", #"\xe2\x80\xaex"#), ("\u{7F}\r\n", "\\x7f\\x0d\n"),
  ])
  func controlsAreShown(text: String, shown: String) {
    #expect(filtered(Array(text.utf8)) == shown)
  }

  @Test(
    arguments: [
      ([0x9B, 0x41], #"\x9bA"#), ([0xC3, 0x41], #"\xc3A"#), ([0xE2, 0x80, 0x41], #"\xe2\x80A"#),
      ([0xF0, 0x9F, 0x91, 0x1B], #"\xf0\x9f\x91\x1b"#), ([0xFF, 0xC0, 0x80], #"\xff\xc0\x80"#),
      ([0xE0, 0x80, 0x9B], #"\xe0\x80\x9b"#), ([0xED, 0xA0, 0x80], #"\xed\xa0\x80"#),
      ([0xE2, 0xC3, 0xA9], #"\xe2é"#),
    ] as [([UInt8], String)])
  func whatIsNotTextIsShownByteByByte(bytes: [UInt8], shown: String) {
    #expect(filtered(bytes) == shown)
  }

  @Test func everyPairOfBytesIsHarmless() {
    for first in UInt8.min...UInt8.max {
      for second in UInt8.min...UInt8.max {
        let text = filtered([first, second, 0x41])
        let isHarmless = text.unicodeScalars.allSatisfy {
          switch $0.value {
          case 0x09, 0x0A: true
          case 0...0x1F, 0x7F...0x9F, 0xFFFD: false
          default: true
          }
        }
        #expect(isHarmless)
      }
    }
  }
}
