import Compute
import FileFormats
import Interpreter
import Lessons
import Messages

/// Saved progress as JSON, in a file that the student can read, too. The file is not trusted: any mistake
/// is reported and the whole file rejected.
extension SavedProgress {
  private static let format = 2
  /// The nesting of the format below, with some to spare.
  private static let maximumDepth = 10

  /// Equal progress is equal text.
  package var json: String {
    JSONText.text(
      of: .object(
        [
          ("format", .integer(Self.format)),
          ("page", page.json(index: pageIndex)),
        ] + (device.map { [("device", .string($0.rawValue))] } ?? []) + [
          ("questions", .array(entries.questions.map(\.json))),
          ("cells", .array(entries.cells.map(\.json))),
          (
            "aside",
            .object([
              ("questions", .array(aside.questions.map(\.json))),
              ("cells", .array(aside.cells.map(\.json))),
            ])
          ),
          ("parts", .array(parts.values.map(JSONValue.integer))),
        ])) + "\n"
  }

  /// - Throws: when the text is not in a format of this version.
  package init(json bytes: [UInt8]) throws(Diagnostic) {
    let json: JSONValue
    do {
      json = try JSONValue(parsing: bytes[...], maximumDepth: Self.maximumDepth)
    } catch {
      throw Diagnostic("it is not valid JSON at byte \(error.offset): \(error.reason)")
    }
    self.init()
    switch json["format"] {
    case .integer(1)?:
      firstFormat = try Progress(firstFormat: json)
      return
    case .integer(Self.format)?: break
    default: throw Diagnostic("it is from another version of Etude")
    }
    guard let page = json["page"], let identity = PageIdentity(page),
      case .integer(let index)? = page["index"], index >= 0
    else { throw Diagnostic("its page is missing") }
    (self.page, pageIndex) = (identity, index)
    guard let name = json.optionalString("device") else {
      throw Diagnostic("its device is not a name")
    }
    // A later version may know more devices.
    device = name.flatMap(DeviceKind.init(rawValue:))
    entries = try Self.entries(json)
    guard let aside = json["aside"] else { throw Diagnostic("its aside is missing") }
    self.aside = try Self.entries(aside)
    parts.values = try json.array("parts") { value in
      if case .integer(let fingerprint) = value { fingerprint } else { nil }
    }
  }

  private static func entries(_ json: JSONValue) throws(Diagnostic) -> Entries {
    var entries = Entries()
    entries.questions = try json.array("questions", Question.init)
    entries.cells = try json.array("cells", Cell.init)
    return entries
  }
}

// MARK: Entries

extension SavedProgress.Question {
  fileprivate var json: JSONValue {
    var members = identity.name.map { [("id", JSONValue.string($0))] } ?? []
    members += [
      ("prompt", .string(identity.prompt)),
      ("options", .array(identity.options.map(JSONValue.string))),
      ("right", .array(identity.right.map(JSONValue.integer))), ("place", identity.place.json),
    ]
    switch answer {
    case .chosen(let text, let number):
      members += [("answer", .string(text)), ("number", .integer(number))]
    case .skipped: members.append(("skipped", .bool(true)))
    }
    return .object(members)
  }

  fileprivate init?(_ json: JSONValue) {
    guard case .string(let prompt)? = json["prompt"],
      let options = json.strings("options"), case .array(let numbers)? = json["right"],
      let place = json["place"].flatMap(Place.init)
    else { return nil }
    let right = numbers.compactMap { number in
      if case .integer(let number) = number { number } else { nil }
    }
    guard right.count == numbers.count, let name = json.optionalString("id") else { return nil }
    identity = QuestionIdentity(
      name: name, prompt: prompt, options: options, right: right, place: place)
    if case .string(let text)? = json["answer"], case .integer(let number)? = json["number"],
      number >= 0
    {
      answer = .chosen(text, number)
    } else if case .bool(true)? = json["skipped"] {
      answer = .skipped
    } else {
      return nil
    }
  }
}

extension SavedProgress.Cell {
  fileprivate var json: JSONValue {
    var members = identity.name.map { [("id", JSONValue.string($0))] } ?? []
    members.append(("source", .string(identity.source)))
    if let task = identity.task { members.append(("task", .string(task))) }
    members.append(("place", identity.place.json))
    if !widgets.isEmpty {
      let values = widgets.sorted { $0.key < $1.key }.map { ($0.key, $0.value.json) }
      members.append(("widgets", .object(values)))
    }
    if let edit { members.append(("edit", .string(edit))) }
    if isDone { members.append(("done", .bool(true))) }
    return .object(members)
  }

  fileprivate init?(_ json: JSONValue) {
    guard case .string(let source)? = json["source"], let name = json.optionalString("id"),
      let task = json.optionalString("task"), let edit = json.optionalString("edit"),
      let place = json["place"].flatMap(Place.init)
    else { return nil }
    self.init(
      CellIdentity(name: name, source: source, task: task, place: place))
    self.edit = edit
    if json["widgets"] != nil {
      guard let widgets = try? json.dictionary("widgets", WidgetValue.init) else { return nil }
      self.widgets = widgets
    }
    switch json["done"] {
    case .bool(let isDone)?: self.isDone = isDone
    case nil: break
    default: return nil
    }
  }
}

extension PageIdentity {
  fileprivate func json(index: Int) -> JSONValue {
    .object([("title", .string(title)), ("place", place.json), ("index", .integer(index))])
  }

  fileprivate init?(_ json: JSONValue) {
    guard case .string(let title)? = json["title"], let place = json["place"].flatMap(Place.init)
    else { return nil }
    self.init(title: title, place: place)
  }
}

extension Place {
  fileprivate var json: JSONValue {
    .object([
      ("page", .string(page)), ("on_page", onPage.json), ("in_lesson", inLesson.json),
    ])
  }

  fileprivate init?(_ json: JSONValue) {
    guard case .string(let page)? = json["page"],
      let onPage = json["on_page"].flatMap(Ordinal.init),
      let inLesson = json["in_lesson"].flatMap(Ordinal.init)
    else { return nil }
    self.init(page: page, onPage: onPage, inLesson: inLesson)
  }
}

extension Place.Ordinal {
  fileprivate var json: JSONValue { .array([.integer(number), .integer(count)]) }

  fileprivate init?(_ json: JSONValue) {
    guard case .array(let values) = json, values.count == 2, case .integer(let number) = values[0],
      case .integer(let count) = values[1], (1...max(1, count)).contains(number)
    else { return nil }
    self.init(number, of: count)
  }
}

extension WidgetValue {
  fileprivate var json: JSONValue {
    switch self {
    case .number(let number): .object([("number", .number(number))])
    case .option(let index, let text):
      .object(
        [("option", .integer(index))] + (text.map { [("text", .string($0))] } ?? []))
    case .isOn(let isOn): .bool(isOn)
    }
  }

  init?(_ json: JSONValue) {
    if case .bool(let isOn) = json {
      self = .isOn(isOn)
    } else if case .integer(let index)? = json["option"], index >= 0,
      let text = json.optionalString("text")
    {
      self = .option(index, text: text)
    } else if case .number(let number)? = json["number"], number.isFinite {
      self = .number(number)
    } else if case .integer(let number)? = json["number"] {
      self = .number(Double(number))
    } else {
      return nil
    }
  }
}

// MARK: Members

extension JSONValue {
  func array<Element>(
    _ name: String, _ element: (JSONValue) -> Element?
  ) throws(Diagnostic) -> [Element] {
    guard case .array(let values)? = self[name] else {
      throw Diagnostic("its \(name) are missing")
    }
    var result: [Element] = []
    for (index, value) in values.enumerated() {
      guard let value = element(value) else {
        throw Diagnostic("entry \(index + 1) of its \(name) is invalid")
      }
      result.append(value)
    }
    return result
  }

  func dictionary<Member>(
    _ name: String, _ member: (JSONValue) -> Member?
  ) throws(Diagnostic) -> [String: Member] {
    guard case .object? = self[name], let json = self[name] else {
      throw Diagnostic("its \(name) are missing")
    }
    return try json.dictionary(member)
  }

  /// - Throws: when this is not an object, or which member is not as it should be.
  func dictionary<Member>(
    _ member: (JSONValue) -> Member?
  ) throws(Diagnostic) -> [String: Member] {
    guard case .object(let members) = self else { throw Diagnostic("it is not an object") }
    var result: [String: Member] = [:]
    for (key, value) in members {
      guard let value = member(value) else {
        throw Diagnostic("its entry \"\(key.prefix(40))\" is invalid")
      }
      result[key] = value
    }
    return result
  }

  fileprivate func strings(_ name: String) -> [String]? {
    try? array(name) { value in
      if case .string(let text) = value { text } else { nil }
    }
  }

  /// A member that may be missing; nil when it is something else than a text.
  fileprivate func optionalString(_ name: String) -> String?? {
    switch self[name] {
    case nil: .some(nil)
    case .string(let text)?: text
    default: nil
    }
  }
}
