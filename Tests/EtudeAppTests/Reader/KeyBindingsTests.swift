import EtudeApp
import Terminal
import Testing

@Suite("Key bindings")
struct KeyBindingsTests {
  @Test("No key has two meanings in one context", arguments: KeyContext.allCases)
  func noConflicts(context: KeyContext) {
    var seen: [Key: Command] = [:]
    for binding in KeyBindings.table(context) {
      for (key, command) in binding.keys {
        #expect(seen[key] == nil, "\(key) is bound twice in \(context)")
        seen[key] = command
      }
    }
    #expect(!seen.isEmpty)
  }

  @Test("The page and the keys that work everywhere do not overlap")
  func pageAndEverywhere() {
    let page = Set(KeyBindings.table(.page).flatMap { $0.keys.map(\.key) })
    let everywhere = Set(KeyBindings.table(.everywhere).flatMap { $0.keys.map(\.key) })
    #expect(page.isDisjoint(with: everywhere))
  }

  @Test("The focused item takes no key that leaves it", arguments: KeyContext.focusable)
  func focusLeavesTheWayOut(context: KeyContext) {
    let taken = Set(KeyBindings.table(context).flatMap { $0.keys.map(\.key) })
    for key in [Key.tab, .backTab, .escape, .character("n"), .character("p"), .character("q")] {
      #expect(!taken.contains(key))
    }
  }

  @Test("The innermost context decides")
  func precedence() {
    #expect(KeyBindings.command(for: .right, in: [.unfocused, .page]) == .turnPage(1))
    #expect(KeyBindings.command(for: .right, in: [.slider, .page]) == .adjust(1))
    #expect(KeyBindings.command(for: .character("3"), in: [.page]) == .digit(3))
    #expect(KeyBindings.command(for: .character("3"), in: [.player, .page]) == .selectTrack(2))
    #expect(KeyBindings.command(for: .character("n"), in: [.search, .page]) == .nextMatch(1))
  }

  @Test("Labels in ASCII are ASCII", arguments: KeyContext.allCases)
  func asciiLabels(context: KeyContext) {
    for binding in KeyBindings.table(context) {
      #expect(binding.label(.ascii).allSatisfy { $0.isASCII })
    }
  }
}
