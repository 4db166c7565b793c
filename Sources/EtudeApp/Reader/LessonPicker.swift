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
  private var appearance: Appearance

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

  /// A click opens a lesson, the wheel goes through the list.
  package mutating func handle(_ mouse: Mouse, height: Int) -> Answer? {
    guard appearance.usesMouse else { return nil }
    switch mouse.action {
    case .scrollUp: selected = max(0, selected - 1)
    case .scrollDown: selected = min(max(0, entries.count - 1), selected + 1)
    case .press:
      let index = top(height) + mouse.y - Self.firstRow
      guard mouse.y >= Self.firstRow, mouse.y < Self.firstRow + Self.room(height),
        entries.indices.contains(index)
      else { return nil }
      return .open(entries[index].name)
    case .drag, .release: break
    }
    return nil
  }

  private static let firstRow = 2
  private static func room(_ height: Int) -> Int { max(1, height - 4) }

  /// The first visible entry.
  private func top(_ height: Int) -> Int {
    max(0, min(selected - Self.room(height) / 2, entries.count - Self.room(height)))
  }

  package func draw(width: Int, height: Int) -> Canvas {
    var canvas = Canvas(
      width: width, height: height, charset: appearance.charset, dots: appearance.dots)
    let theme = appearance.theme
    canvas.put("Etude: which lesson?", x: 1, y: 0, style: theme.title)
    let room = Self.room(height)
    let top = top(height)
    let nameWidth = entries.map(\.name.count).max() ?? 0
    for (row, index) in entries.indices.dropFirst(top).prefix(room).enumerated() {
      let entry = entries[index]
      let name = entry.name + String(repeating: " ", count: nameWidth - entry.name.count + 2)
      let line = truncated(
        "\(name)\(entry.title)", toWidth: width - 4, charset: appearance.charset)
      canvas.put(
        " \(line) ", x: 1, y: Self.firstRow + row,
        style: index == selected ? theme.selection : theme.prose)
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
        let answer: Answer?
        switch event {
        case .key(let key): answer = picker.handle(key)
        case .mouse(let mouse): answer = picker.handle(mouse, height: display.height)
        case .background(let background):
          picker.appearance.background = background
          answer = nil
        case .paste, .resize: answer = nil
        }
        switch answer {
        case nil: break
        case .open(let name): return name
        case .redraw: display.redraw()
        case .suspend: display.suspend()
        case .quit: return nil
        }
      }
    }
  }
}
