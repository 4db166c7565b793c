import Terminal

/// The list of lessons to choose from when none was named.
package struct LessonPicker {
  package struct Entry: Sendable {
    package var name: String
    package var title: String

    package init(name: String, title: String) {
      self.name = name
      self.title = title
    }
  }

  package enum Answer: Equatable { case open(String), redraw, suspend, quit }

  private let entries: [Entry]
  private var selected = 0
  private let appearance: Appearance

  package init(entries: [Entry], appearance: Appearance) {
    self.entries = entries
    self.appearance = appearance
  }

  /// What the key decides; nil while the student is still choosing.
  package mutating func handle(_ key: Key) -> Answer? {
    switch KeyBindings.command(for: key, in: [.lessons]) {
    case .moveSelection(let lines):
      selected = min(max(0, selected + lines), max(0, entries.count - 1))
      return nil
    case .accept: return entries.isEmpty ? nil : .open(entries[selected].name)
    case .redraw: return .redraw
    case .suspend: return .suspend
    case .quit: return .quit
    default: return nil
    }
  }

  package func draw(width: Int, height: Int) -> Canvas {
    var canvas = Canvas(
      width: width, height: height, charset: appearance.charset, dots: appearance.dots)
    let theme = appearance.theme
    canvas.put("Etude: which lesson?", x: 1, y: 0, style: theme.title)
    let room = max(1, height - 4)
    let top = max(0, min(selected - room / 2, entries.count - room))
    let nameWidth = entries.map(\.name.count).max() ?? 0
    for (row, index) in entries.indices.dropFirst(top).prefix(room).enumerated() {
      let entry = entries[index]
      let name = entry.name + String(repeating: " ", count: nameWidth - entry.name.count + 2)
      let line = truncated(
        "\(name)\(entry.title)", toWidth: width - 4, charset: appearance.charset)
      canvas.put(
        " \(line) ", x: 1, y: 2 + row, style: index == selected ? theme.selection : theme.prose)
    }
    var x = 1
    for binding in KeyBindings.table(.lessons) {
      guard let text = binding.footer else { continue }
      x = canvas.put(binding.label(appearance.charset), x: x, y: height - 1, style: theme.strong)
      x = canvas.put(text, x: x + 1, y: height - 1, style: theme.dim) + 2
    }
    return canvas
  }

  /// Shows the list until the student has chosen.
  ///
  /// - Returns: the name of the lesson; nil to quit.
  package static func run(
    entries: [Entry], display: any Display, appearance: Appearance
  ) -> String? {
    var picker = LessonPicker(entries: entries, appearance: appearance)
    while true {
      display.draw(picker.draw(width: display.width, height: display.height))
      for event in display.nextEvents(timeoutMilliseconds: nil) {
        guard case .key(let key) = event, let answer = picker.handle(key) else { continue }
        switch answer {
        case .open(let name): return name
        case .redraw: display.redraw()
        case .suspend: display.suspend()
        case .quit: return nil
        }
      }
    }
  }
}
