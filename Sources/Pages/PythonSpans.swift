import Terminal

private let keywords: Set<Substring> = [
  "and", "as", "else", "False", "for", "from", "if", "import", "in", "is", "None", "not", "or",
  "True",
]

/// A syntax-highlighted line of Python: keywords, what is called, numbers and strings, comments. Accepts any
/// text; a string that continues on the next line is only coloured to the end of this one.
package func pythonSpans(_ line: Substring, theme: Theme) -> [Span] {
  var result: [Span] = []
  var rest = line
  func add(_ text: Substring, _ style: Style) {
    if result.last?.style == style {
      result[result.count - 1].text += text
    } else {
      result.append(Span(String(text), style))
    }
  }
  func take(_ style: Style, while condition: (Character) -> Bool) {
    let text = rest.prefix(while: condition)
    rest = rest.dropFirst(text.count)
    add(text, style)
  }
  while let first = rest.first {
    if first == "#" {
      add(rest, theme.dim)
      return result
    } else if first == "\"" || first == "'" {
      var isEscaped = false
      var length = 1
      for character in rest.dropFirst() {
        length += 1
        if character == first, !isEscaped { break }
        isEscaped = character == "\\" && !isEscaped
      }
      add(rest.prefix(length), theme.literal)
      rest = rest.dropFirst(length)
    } else if first.isLetter || first == "_" {
      let word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
      rest = rest.dropFirst(word.count)
      let isCalled = rest.first == "("
      add(
        word,
        keywords.contains(word) ? theme.keyword : isCalled ? theme.code : theme.name)
    } else if first.isNumber {
      take(theme.literal) { $0.isNumber || $0.isLetter || $0 == "." || $0 == "_" }
    } else {
      take(theme.name) {
        !($0 == "#" || $0 == "\"" || $0 == "'" || $0.isLetter || $0 == "_" || $0.isNumber)
      }
    }
  }
  return result
}
