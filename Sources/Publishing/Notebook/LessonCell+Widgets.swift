import CellLanguage
import Interpreter
import Lessons
import Notebook

extension CellResult {
  /// What the cell shows to be moved.
  var widgets: [Widget] {
    outputs.compactMap { if case .widget(let widget) = $0 { widget } else { nil } }
  }
}

extension LessonCell {
  /// The text, in which widgets that were moved start where they stand now: `value=` is what Python has for that.
  func source(startingWith widgets: [Widget]) -> String {
    guard !widgets.isEmpty, case .success(let program) = program else { return source }
    var bytes = Array(source.utf8)
    // From the end, so that offsets before it stay.
    for statement in program.statements.reversed() {
      guard case .assignment(let targets, let value) = statement.kind, targets.count == 1,
        case .call(let function, let arguments) = value.kind,
        case .name(let name) = function.kind, let place = Self.valuePlaces[name],
        let widget = widgets.first(where: { $0.name == targets[0].name }),
        let text = movedValue(of: widget, arguments)
      else { continue }
      let positional = arguments.prefix { $0.keyword == nil && !$0.isUnpacked }
      if let old = arguments.first(where: { $0.keyword?.name == "value" })?.value
        ?? (positional.count > place ? positional[place].value : nil)
      {
        bytes.replaceSubrange(old.range.start.offset..<old.range.end.offset, with: text.utf8)
      } else {
        // Before the closing bracket.
        let end = value.range.end.offset - 1
        let needsComma = arguments.last.map { last in
          let rest = String(decoding: bytes[last.value.range.end.offset..<end], as: UTF8.self)
          return !rest.replacing(/#.*/, with: "").contains(",")
        }
        bytes.insert(contentsOf: "\(needsComma == true ? ", " : "")value=\(text)".utf8, at: end)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Which argument of a call without keywords is the value.
  private static let valuePlaces = ["slider": 3, "choice": 1, "toggle": 0]

  /// The value as Python; nil for a widget that stands where the lesson put it.
  private func movedValue(of widget: Widget, _ arguments: [Argument]) -> String? {
    switch widget.kind {
    case .slider(_, _, _, let isInteger, _, _, let value, let lessonValue):
      guard value != lessonValue else { return nil }
      return isInteger ? "\(Int(value))" : "\(value)"
    case .toggle(let isOn, let lessonIsOn):
      return isOn == lessonIsOn ? nil : isOn ? "True" : "False"
    case .choice(_, let selected, let lessonSelected):
      guard selected != lessonSelected,
        let options = arguments.first(where: { $0.keyword?.name == "options" }) ?? arguments.first
      else { return nil }
      if case .list(let elements) = options.value.kind, elements.indices.contains(selected) {
        return text(of: elements[selected])
      }
      return "(\(text(of: options.value)))[\(selected)]"
    }
  }

  private func text(of expression: Expression) -> String {
    let bytes = Array(source.utf8)[expression.range.start.offset..<expression.range.end.offset]
    return String(decoding: bytes, as: UTF8.self)
  }
}
