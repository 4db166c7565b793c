import CellLanguage

/// The attributes after "python" on a fence: `{#id .hidden}`.
struct CellAttributes {
  var id: String?
  var display = LessonCell.Display.shown
  var isStatic = false
  private var isFolded = false
  /// Errors, each with the part of the label it refers to.
  private(set) var errors: [(part: String, message: String, hint: String)] = []

  private static let classes = ["hidden", "folded", "static"]
  private static let rule = "write '#name', '.hidden', '.folded' or '.static' between braces"

  /// The label of a fence as Quarto and Pandoc write it, in our form: `{python}` as `python`, and
  /// `{.python #id}` as `python {#id}`.
  static func plainLabel(_ label: String) -> String {
    guard label.hasPrefix("{"), label.hasSuffix("}") else { return label }
    let inner = label.dropFirst().dropLast().trimmingSpace()
    let language = inner.prefix { !$0.isWhitespace && $0 != "," }
    let name = language.hasPrefix(".") ? language.dropFirst() : language
    guard !name.isEmpty, name.utf8.allSatisfy({ $0.isLetter || $0.isDigit }) else { return label }
    let rest = inner[language.endIndex...].trimmingSpace()
    return rest.isEmpty ? String(name) : "\(name) {\(rest)}"
  }

  /// - Parameter label: the text after the fence's marks.
  init(_ label: String) {
    let rest = label.dropFirst(label.prefix { !$0.isWhitespace && $0 != "{" }.count).trimmingSpace()
    guard !rest.isEmpty else { return }
    guard rest.hasPrefix("{"), rest.hasSuffix("}"), rest.count >= 2 else {
      errors.append((rest, "'\(rest)' after 'python' is not understood", Self.rule))
      return
    }
    for part in rest.dropFirst().dropLast().split(whereSeparator: \.isWhitespace) {
      read(String(part))
    }
    if display == .hidden, isFolded {
      errors.append(
        (".folded", "a hidden cell cannot be folded", "remove one of the two"))
    }
    if display == .hidden, isStatic {
      errors.append(
        (".static", "a cell that is neither shown nor run does nothing", "remove one of the two"))
    }
  }

  private mutating func read(_ part: String) {
    let name = String(part.dropFirst())
    switch part.first {
    case "#":
      if let found = id {
        errors.append(
          (part, "the cell has two names, '\(found)' and '\(name)'", "remove one"))
      } else if Self.isIdentifier(name) {
        id = name
      } else {
        errors.append(
          (
            part, "'\(name)' cannot be a cell's name",
            "use a letter, then letters, digits, '-' or '_'"
          ))
      }
    case ".":
      switch name {
      case "hidden": display = .hidden
      case "folded":
        isFolded = true
        if display == .shown { display = .folded }
      case "static": isStatic = true
      default:
        let near = nearMatch(of: name, among: Self.classes)
        errors.append(
          (part, "unknown attribute '\(part)'", near.map { "did you mean '.\($0)'?" } ?? Self.rule))
      }
    default:
      let near = nearMatch(of: part, among: Self.classes)
      errors.append(
        (part, "unknown attribute '\(part)'", near.map { "did you mean '.\($0)'?" } ?? Self.rule))
    }
  }

  /// Whether it can be an id. Starts with a letter, so that it cannot clash with a default one ("5-2").
  static func isIdentifier(_ name: String) -> Bool {
    guard let first = name.utf8.first, first.isLetter else { return false }
    return name.utf8.allSatisfy {
      $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
    }
  }
}
