/// Earlier and later states of a text, for undo and redo.
struct EditHistory: Sendable {
  private var earlier: [TextBuffer] = []
  private var later: [TextBuffer] = []
  /// Whether the last change was a typed character, to which the next one is joined.
  private var isTyping = false

  /// Lines that did not change are shared by the states, so this many cost little.
  private static let limit = 500

  /// Notes a change, or a movement of the cursor, which ends a typed word.
  mutating func note(_ before: TextBuffer, isTyping: Bool, hasChanged: Bool) {
    defer { self.isTyping = isTyping }
    guard hasChanged else { return }
    later = []
    if isTyping, self.isTyping { return }
    earlier.append(before)
    if earlier.count > Self.limit { earlier.removeFirst() }
  }

  mutating func undo(_ buffer: inout TextBuffer) -> Bool {
    guard let state = earlier.popLast() else { return false }
    later.append(buffer)
    buffer = state
    isTyping = false
    return true
  }

  mutating func redo(_ buffer: inout TextBuffer) -> Bool {
    guard let state = later.popLast() else { return false }
    earlier.append(buffer)
    buffer = state
    isTyping = false
    return true
  }
}
