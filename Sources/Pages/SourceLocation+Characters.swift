import CellLanguage
import Messages

extension SourceLocation {
  /// How many characters of its line stand before it: the column counts Unicode scalars, of which a
  /// letter with accents has several.
  package func characters(of line: some Collection<Character>) -> Int {
    var passed = 0
    let before = line.prefix { character in
      passed += character.unicodeScalars.count
      return passed < column
    }
    return before.count
  }
}
