/// The context of a position in a cell's text, found without parsing since the text is unfinished.
struct CodeContext {
  struct Bracket {
    var character: Character
    /// The name before a parenthesis, as in `np.convolve(`.
    var function: String?
    /// The line that opens it, from 0.
    var line: Int
  }

  /// The open brackets, from the outermost.
  private(set) var brackets: [Bracket] = []
  /// False within strings and comments.
  private(set) var isCode = true
  /// The name that ends at the position, with its dots: "np.con". Empty after anything else.
  private(set) var name = ""
  private(set) var isInNumber = false

  init(before position: TextBuffer.Position, in lines: [[Character]]) {
    for (number, line) in lines.prefix(position.line + 1).enumerated() {
      read(number == position.line ? line[..<position.column] : line[...], number: number)
    }
    guard isCode, lines.indices.contains(position.line) else { return }
    let word = Self.word(endingAt: position.column, in: lines[position.line][...])
    isInNumber = word.first?.isNumber == true
    if !isInNumber { name = word }
  }

  /// The function whose argument list contains the position directly.
  var call: String? { brackets.last?.function }

  /// The innermost function around the position.
  var enclosingFunction: String? { brackets.last { $0.function != nil }?.function }

  /// A string ends with its line, whether it is closed or not.
  private mutating func read(_ line: ArraySlice<Character>, number: Int) {
    isCode = true
    var quote: Character?
    var isEscaped = false
    for (index, character) in zip(line.indices, line) {
      if let open = quote {
        if character == open, !isEscaped { quote = nil }
        isEscaped = character == "\\" && !isEscaped
        continue
      }
      switch character {
      case "#":
        isCode = false
        return
      case "\"", "'": quote = character
      case "(", "[", "{":
        let name = character == "(" ? Self.word(endingAt: index, in: line) : ""
        brackets.append(
          Bracket(character: character, function: name.isEmpty ? nil : name, line: number))
      case ")", "]", "}": _ = brackets.popLast()
      default: break
      }
    }
    isCode = quote == nil
  }

  /// A name or a number with its dots.
  private static func word(endingAt end: Int, in line: ArraySlice<Character>) -> String {
    String(line[..<end].reversed().prefix(while: isPartOfName).reversed())
  }

  /// Includes the dots between the parts of a name.
  static func isPartOfName(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || character == "_" || character == "."
  }
}
