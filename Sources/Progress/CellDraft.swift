import FileFormats
import Messages

/// The text of a cell whose editing was cut short: it is neither the student's version of the cell yet,
/// nor discarded.
package struct CellDraft: Hashable, Sendable {
  package var cell: String
  /// The lesson's text of the cell, by which it is found again.
  package var original: String
  package var source: String

  package init(cell: String, original: String, source: String) {
    self.cell = cell
    self.original = original
    self.source = source
  }
}

/// Drafts as JSON. Like progress, the file is not trusted.
extension CellDraft {
  private static let format = 1

  static func json(_ drafts: [CellDraft]) -> String {
    let list = drafts.map { draft in
      JSONValue.object([
        ("cell", .string(draft.cell)), ("original", .string(draft.original)),
        ("source", .string(draft.source)),
      ])
    }
    return JSONText.text(of: .object([("format", .integer(format)), ("drafts", .array(list))]))
      + "\n"
  }

  static func drafts(json bytes: [UInt8]) throws(Diagnostic) -> [CellDraft] {
    let json: JSONValue
    do {
      json = try JSONValue(parsing: bytes[...], maximumDepth: 4)
    } catch {
      throw Diagnostic("it is not valid JSON at byte \(error.offset): \(error.reason)")
    }
    guard case .integer(Self.format)? = json["format"], case .array(let list)? = json["drafts"]
    else { throw Diagnostic("it is from another version of Etude") }
    var drafts: [CellDraft] = []
    for draft in list {
      guard case .string(let cell)? = draft["cell"],
        case .string(let original)? = draft["original"], case .string(let source)? = draft["source"]
      else { throw Diagnostic("one of its texts is invalid") }
      drafts.append(CellDraft(cell: cell, original: original, source: source))
    }
    return drafts
  }
}
