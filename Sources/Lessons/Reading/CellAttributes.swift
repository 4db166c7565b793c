import CellLanguage

/// What stands behind "python" on a fence: `{#id .hidden}`.
struct CellAttributes {
  var id: String?
  var display = LessonCell.Display.shown
  var isStatic = false
  private var isFolded = false
  /// What is wrong, with the part of the label that it is about.
  private(set) var faults: [(part: String, message: String, mend: String)] = []

  private static let classes = ["hidden", "folded", "static"]
  private static let rule = "write '#name', '.hidden', '.folded' or '.static' between braces"

  /// - Parameter label: all that stands behind the fence's marks.
  init(_ label: String) {
    let rest = label.dropFirst(label.prefix { !$0.isWhitespace && $0 != "{" }.count).trimmingSpace()
    guard !rest.isEmpty else { return }
    guard rest.hasPrefix("{"), rest.hasSuffix("}"), rest.count >= 2 else {
      faults.append((rest, "'\(rest)' is not understood behind 'python'", Self.rule))
      return
    }
    for part in rest.dropFirst().dropLast().split(whereSeparator: \.isWhitespace) {
      read(String(part))
    }
    if display == .hidden, isFolded {
      faults.append(
        (".folded", "a hidden cell is not shown, folded or not", "remove one of the two"))
    }
    if display == .hidden, isStatic {
      faults.append(
        (".static", "a cell that is neither shown nor run does nothing", "remove one of the two"))
    }
  }

  private mutating func read(_ part: String) {
    let name = String(part.dropFirst())
    switch part.first {
    case "#":
      if let found = id {
        faults.append(
          (part, "the cell has a second name '\(name)' beside '\(found)'", "remove one"))
      } else if Self.isIdentifier(name) {
        id = name
      } else {
        faults.append(
          (
            part, "'\(name)' cannot be a cell's name",
            "begin with a letter, go on with letters, digits, '-' and '_'"
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
        faults.append(
          (part, "unknown attribute '\(part)'", near.map { "did you mean '.\($0)'?" } ?? Self.rule))
      }
    default:
      let near = nearMatch(of: part, among: Self.classes)
      faults.append(
        (part, "unknown attribute '\(part)'", near.map { "did you mean '.\($0)'?" } ?? Self.rule))
    }
  }

  /// Default names ("5-2") begin with a digit, so no two names can meet.
  private static func isIdentifier(_ name: String) -> Bool {
    guard let first = name.utf8.first, first.isLetter else { return false }
    return name.utf8.allSatisfy {
      $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
    }
  }
}
