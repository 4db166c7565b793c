import Interpreter
import Testing

struct TextSearchTests {
  /// Small texts of two letters contain every way in which a part can overlap itself.
  @Test func findsWhatANaiveSearchFinds() throws {
    func letters(_ count: Int, _ bits: Int) -> [String] {
      (0..<count).map { bits >> $0 & 1 == 0 ? "a" : "é" }
    }
    let texts = (0..<10).flatMap { count in (0..<1 << count).map { letters(count, $0) } }
    let parts = (1..<5).flatMap { count in (0..<1 << count).map { letters(count, $0) } }
    for (text, part) in texts.flatMap({ text in parts.map { (text, $0) } }) {
      var (count, index) = (0, 0)
      while index + part.count <= text.count {
        let isMatch = Array(text[index..<index + part.count]) == part
        count += isMatch ? 1 : 0
        index += isMatch ? part.count : 1
      }
      let (joinedText, joinedPart) = (text.joined(), part.joined())
      #expect(
        try joinedText.count(of: joinedPart) == count, "\(joinedPart) in \(joinedText)")
    }
  }

  @Test("An accent that combines with the letter before it is a character of its own, as in Python")
  func scalars() throws {
    #expect(try "e\u{301}a".count(of: "e") == 1)
    #expect(try "e\u{301}a".count(of: "\u{e9}") == 0)
  }

  @Test func takesLinearTime() throws {
    let text = String(repeating: "a", count: 200_000)
    #expect(try text.count(of: String(repeating: "a", count: 100_000) + "b") == 0)
    #expect(try text.count(of: "b" + String(repeating: "a", count: 100_000)) == 0)
    #expect(try text.count(of: String(repeating: "a", count: 50_000)) == 4)
  }
}
