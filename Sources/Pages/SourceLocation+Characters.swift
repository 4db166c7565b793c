import CellLanguage
import Messages

extension SourceLocation {
  /// The number of characters before it in its line: the column counts Unicode scalars, of which an
  /// accented letter may have several.
  package func characters(of line: some Collection<Character>) -> Int {
    var passed = 0
    let before = line.prefix { character in
      passed += character.unicodeScalars.count
      return passed < column
    }
    return before.count
  }
}
