import FileFormats
import Interpreter
import Messages

/// Progress as JSON, in a file that the student can read, too. The file is not trusted: any mistake
/// is reported and the whole file rejected.
extension Progress {
  private static let format = 1
  /// The nesting of the format below, with some to spare.
  private static let maximumDepth = 8

  // MARK: Writing

  package var json: String {
    let widgets = objects(self.widgets) { values in objects(values, \.json) }
    let edits = objects(self.edits) { edit in
      .object([("source", .string(edit.source)), ("original", .string(edit.original))])
    }
    return JSONText.text(
      of: .object([
        ("format", .integer(Self.format)), ("page", .integer(page)),
        ("predictions", objects(predictions, \.json)), ("widgets", widgets), ("edits", edits),
        ("done_tasks", .array(doneTasks.sorted().map(JSONValue.string))),
      ])) + "\n"
  }

  /// Sorted by name, so that equal progress is equal text.
  private func objects<Member>(
    _ members: [String: Member], _ json: (Member) -> JSONValue
  ) -> JSONValue {
    .object(members.sorted { $0.key < $1.key }.map { ($0.key, json($0.value)) })
  }

  // MARK: Reading

  /// - Throws: when the text is not in the format of this version.
  package init(json bytes: [UInt8]) throws(Diagnostic) {
    let json: JSONValue
    do {
      json = try JSONValue(parsing: bytes[...], maximumDepth: Self.maximumDepth)
    } catch {
      throw Diagnostic("it is not valid JSON at byte \(error.offset): \(error.reason)")
    }
    guard case .integer(Self.format)? = json["format"] else {
      throw Diagnostic("it is from another version of Etude")
    }
    guard case .integer(let page)? = json["page"], page >= 0 else {
      throw Diagnostic("its page is missing")
    }
    self.init()
    self.page = page
    predictions = try Self.members(json, "predictions", PredictionAnswer.init)
    widgets = try Self.members(json, "widgets") { values in
      guard case .object(let members) = values else { return nil }
      return try? Self.dictionary(members, WidgetValue.init)
    }
    edits = try Self.members(json, "edits") { edit in
      guard case .string(let source)? = edit["source"],
        case .string(let original)? = edit["original"]
      else { return nil }
      return Edit(source: source, original: original)
    }
    guard case .array(let tasks)? = json["done_tasks"] else {
      throw Diagnostic("its done_tasks are missing")
    }
    for task in tasks {
      guard case .string(let cell) = task else {
        throw Diagnostic("its done_tasks are not all names")
      }
      doneTasks.insert(cell)
    }
  }

  private static func members<Member>(
    _ json: JSONValue, _ name: String, _ member: (JSONValue) -> Member?
  ) throws(Diagnostic) -> [String: Member] {
    guard case .object(let members)? = json[name] else {
      throw Diagnostic("its \(name) are missing")
    }
    return try dictionary(members, member)
  }

  private static func dictionary<Member>(
    _ members: [(key: String, value: JSONValue)], _ member: (JSONValue) -> Member?
  ) throws(Diagnostic) -> [String: Member] {
    var result: [String: Member] = [:]
    for (key, value) in members {
      guard let value = member(value) else {
        throw Diagnostic("its entry \"\(key.prefix(40))\" is invalid")
      }
      result[key] = value
    }
    return result
  }
}

extension PredictionAnswer {
  fileprivate var json: JSONValue {
    switch self {
    case .chosen(let index): .integer(index)
    case .skipped: .string("skipped")
    }
  }

  fileprivate init?(_ json: JSONValue) {
    switch json {
    case .integer(let index) where index >= 0: self = .chosen(index)
    case .string("skipped"): self = .skipped
    default: return nil
    }
  }
}

extension WidgetValue {
  fileprivate var json: JSONValue {
    switch self {
    case .number(let number): .object([("number", .number(number))])
    case .option(let index): .object([("option", .integer(index))])
    case .isOn(let isOn): .bool(isOn)
    }
  }

  fileprivate init?(_ json: JSONValue) {
    if case .bool(let isOn) = json {
      self = .isOn(isOn)
    } else if case .integer(let index)? = json["option"], index >= 0 {
      self = .option(index)
    } else if case .number(let number)? = json["number"], number.isFinite {
      self = .number(number)
    } else if case .integer(let number)? = json["number"] {
      self = .number(Double(number))
    } else {
      return nil
    }
  }
}
