import Interpreter
import Lessons
import Terminal

/// One line of the table of keys: what the keys do, in the footer's word and in the help's.
package struct KeyBinding: Sendable {
  package var keys: [(key: Key, command: Command)]
  /// How the footer and the help write the keys; the first of each pair on UTF-8 terminals, the
  /// second in ASCII.
  package var label: (unicode: String, ascii: String)
  /// A word for the footer; nil keeps the binding to the help.
  package var hint: String?
  package var help: String

  init(
    _ unicode: String, ascii: String? = nil, hint: String? = nil, _ help: String,
    _ keys: [(Key, Command)]
  ) {
    self.keys = keys.map { (key: $0.0, command: $0.1) }
    self.label = (unicode, ascii ?? unicode)
    self.hint = hint
    self.help = help
  }

  package func label(_ charset: Charset) -> String {
    charset == .unicode ? label.unicode : label.ascii
  }
}

/// Where a key is pressed: what has the focus, the overlay that is open, or the page itself.
package enum KeyContext: Hashable, CaseIterable, Sendable {
  case slider, choice, toggle, plot, plotCursor, stepper, player, trainer, permission, prediction,
    code
  /// The list of lessons, before one is open.
  case lessons
  case contents, list, text, options, confirm, reset, prompt, editor
  /// A search is on: its matches come before the page's keys.
  case search
  case page, everywhere

  /// The heading of its lines in the help.
  package var title: String {
    switch self {
    case .slider: "Slider"
    case .choice: "Choice"
    case .toggle: "Switch"
    case .plot: "Plot"
    case .plotCursor: "Plot with a cursor"
    case .stepper: "Stepper"
    case .player: "Player"
    case .trainer: "Training"
    case .permission: "Measuring and saving"
    case .prediction: "Question"
    case .code: "Cell"
    case .lessons: "Lessons"
    case .contents: "Contents"
    case .list: "List"
    case .text: "Overlay"
    case .options: "Options"
    case .confirm: "Are you sure?"
    case .reset: "Starting anew"
    case .prompt: "Typing"
    case .editor: "Editor"
    case .search: "Search"
    case .page: "Page"
    case .everywhere: "Everywhere"
    }
  }
}

/// The one table of keys. It feeds the handler (`command`), the footer (`hints`) and the help.
package enum KeyBindings {
  /// The command for a key, looked up in the contexts in turn: the innermost decides first.
  package static func command(for key: Key, in contexts: [KeyContext]) -> Command? {
    for context in contexts {
      for binding in table(context) {
        if let match = binding.keys.first(where: { $0.key == key }) { return match.command }
      }
    }
    return nil
  }

  /// The lines of one context.
  package static func table(_ context: KeyContext) -> [KeyBinding] {
    switch context {
    case .slider: slider
    case .choice: choice
    case .toggle: toggle
    case .plot: plot
    case .plotCursor: plotCursor
    case .stepper: stepper
    case .player: player
    case .trainer: trainer
    case .permission: permission
    case .prediction: prediction
    case .code: code
    case .lessons: lessons
    case .contents: contents
    case .list: list
    case .text: text
    case .options: options
    case .confirm: confirm
    case .reset: reset
    case .prompt: prompt
    case .editor: editor
    case .search: search
    case .page: page
    case .everywhere: everywhere
    }
  }

  // MARK: What has the focus

  private static let slider = [
    KeyBinding(
      "←→", ascii: "left right", hint: "step", "one step down or up",
      [(.left, .adjust(-1)), (.right, .adjust(1))]),
    KeyBinding(
      "< >", hint: "×10", "ten steps; Shift with the arrows likewise",
      [
        (.character("<"), .adjust(-10)), (.character(">"), .adjust(10)),
        (.shiftLeft, .adjust(-10)), (.shiftRight, .adjust(10)),
      ]),
    KeyBinding(
      "⏎", ascii: "enter", hint: "type it", "type a value", [(.enter, .typeValue)]),
    KeyBinding("r", hint: "reset", "back to the lesson's value", [(.character("r"), .resetWidget)]),
  ]

  private static let choice = [
    KeyBinding(
      "←→", ascii: "left right", hint: "choose", "the option before or after",
      [(.left, .adjust(-1)), (.right, .adjust(1)), (.enter, .adjust(1))]),
    KeyBinding(
      "r", hint: "reset", "back to the lesson's option", [(.character("r"), .resetWidget)]),
  ]

  private static let toggle = [
    KeyBinding(
      "⏎", ascii: "enter", hint: "switch", "on or off; the arrows likewise",
      [(.enter, .adjust(1)), (.left, .adjust(-1)), (.right, .adjust(1))]),
    KeyBinding(
      "r", hint: "reset", "back to the lesson's setting", [(.character("r"), .resetWidget)]),
  ]

  private static let plot = [
    KeyBinding(
      "←→", ascii: "left right", hint: "pan", "move the part that is shown",
      [(.left, .pan(-1)), (.right, .pan(1))]),
    KeyBinding(
      "+ −", ascii: "+ -", hint: "zoom", "closer or wider; = is +",
      [
        (.character("+"), .zoom(1)), (.character("="), .zoom(1)), (.character("-"), .zoom(-1)),
        (.character("−"), .zoom(-1)),
      ]),
    KeyBinding("0", hint: "all", "show all of it", [(.character("0"), .zoomAll)]),
    KeyBinding(
      "⏎", ascii: "enter", hint: "cursor", "a cursor that reads exact values",
      [(.enter, .plotCursor)]),
  ]

  private static let plotCursor = [
    KeyBinding(
      "←→", ascii: "left right", hint: "move", "the value before or after",
      [(.left, .moveCursor(-1)), (.right, .moveCursor(1))]),
    KeyBinding(
      "< >", hint: "×10", "ten values; Shift with the arrows likewise",
      [
        (.character("<"), .moveCursor(-10)), (.character(">"), .moveCursor(10)),
        (.shiftLeft, .moveCursor(-10)), (.shiftRight, .moveCursor(10)),
      ]),
    KeyBinding(
      "⏎", ascii: "enter", hint: "no cursor", "put the cursor away", [(.enter, .plotCursor)]),
  ]

  private static let stepper = [
    KeyBinding(
      "←→", ascii: "left right", hint: "one step", "slide the kernel by one sample",
      [(.left, .step(-1)), (.right, .step(1))]),
    KeyBinding(
      "⏎", ascii: "enter", hint: "animate", "run through the steps, or stop", [(.enter, .animate)]),
    KeyBinding("f", hint: "flip", "with the kernel flipped or not", [(.character("f"), .flip)]),
  ]

  private static let player = [
    KeyBinding(
      "⏎", ascii: "enter", hint: "play/pause", "play, or pause", [(.enter, .playOrPause)]),
    KeyBinding(
      "←→", ascii: "left right", hint: "seek", "back or forward in the sound",
      [(.left, .seek(-1)), (.right, .seek(1))]),
    KeyBinding(
      "1–9", ascii: "1-9", hint: "switch", "another of the sounds, at the same position",
      (1...9).map { (.character(Character(String($0))), .selectTrack($0 - 1)) }),
    KeyBinding(
      "m", hint: "match", "equal loudness for all, by turning the louder ones down",
      [(.character("m"), .matchLoudness)]),
    KeyBinding("l", hint: "loop", "repeat, or not", [(.character("l"), .loop)]),
    KeyBinding("w", hint: "WAV", "write the sound to a file", [(.character("w"), .writeSound)]),
  ]

  private static let trainer = [
    KeyBinding(
      "⏎", ascii: "enter", hint: "start/pause", "train, pause, go on",
      [(.enter, .train(.startOrPause))]),
    KeyBinding(
      "s", hint: "one epoch", "one epoch, then pause", [(.character("s"), .train(.oneEpoch))]),
    KeyBinding(
      "b", hint: "one stage",
      "one stage of a batch: zero_grad, forward, loss, backward, step; then pause",
      [(.character("b"), .train(.oneStage))]),
    KeyBinding(
      ", .", hint: "pace", "slower or faster",
      [(.character(","), .train(.changePace(-1))), (.character("."), .train(.changePace(1)))]),
    KeyBinding("f", hint: "free", "as fast as it goes", [(.character("f"), .train(.runFree))]),
    KeyBinding(
      "r", hint: "anew", "start again; this run stays as a faint curve",
      [(.character("r"), .train(.startAgain))]),
  ]

  private static let permission = [
    KeyBinding(
      "⏎", ascii: "enter", hint: "do it", "run the cell with what it does on Enter only",
      [(.enter, .permit)])
  ]

  private static let prediction = [
    KeyBinding(
      "1–9", ascii: "1-9", hint: "answer", "choose an answer; then the page shows what it covered",
      (1...9).map { (.character(Character(String($0))), .answer($0 - 1)) }),
    KeyBinding("s", hint: "skip", "see the answer at once", [(.character("s"), .answer(nil))]),
  ]

  private static let code = [
    KeyBinding(
      "⏎", ascii: "enter", hint: "open/fold", "show all of the cell, or one line",
      [(.enter, .fold)]),
    KeyBinding("e", hint: "edit", "rewrite the cell", [(.character("e"), .openEditor)]),
    KeyBinding(
      "r", hint: "reset", "back to the lesson's text", [(.character("r"), .restoreCell)]),
  ]

  // MARK: Overlays

  private static let moveUpAndDown: [(Key, Command)] = [
    (.up, .moveSelection(-1)), (.down, .moveSelection(1)),
    (.character("k"), .moveSelection(-1)), (.character("j"), .moveSelection(1)),
    (.pageUp, .moveSelection(-10)), (.pageDown, .moveSelection(10)),
    (.home, .moveSelection(-1_000)), (.end, .moveSelection(1_000)),
    (.character("g"), .moveSelection(-1_000)), (.character("G"), .moveSelection(1_000)),
  ]

  private static let choose = KeyBinding(
    "↑↓", ascii: "up down", hint: "choose", "the line before or after", moveUpAndDown)

  /// - Parameter keys: that close it, too: the one that opened it first of all.
  private static func closing(_ keys: Key...) -> KeyBinding {
    KeyBinding(
      "esc", hint: "close", "close; q and the key that opened it likewise",
      ([.escape, .character("q"), .control("c")] + keys).map { ($0, .close) })
  }

  private static let refusal = KeyBinding(
    "n", hint: "no", "leave it as it is",
    [.character("n"), .escape, .character("q"), .control("c")].map { ($0, .close) })

  private static let lessons =
    [
      choose,
      KeyBinding("⏎", ascii: "enter", hint: "open", "open it", [(.enter, .accept)]),
      KeyBinding(
        "q", hint: "quit", "quit",
        [(.character("q"), .quit), (.escape, .quit), (.control("c"), .quit)]),
    ] + screen

  private static let contents =
    [
      choose,
      KeyBinding("⏎", ascii: "enter", hint: "go there", "go there", [(.enter, .accept)]),
      closing(.character("t")),
    ] + screen

  private static let list = [choose, closing(.character("i"), .enter)] + screen

  private static let text =
    [
      KeyBinding(
        "↑↓", ascii: "up down", hint: "scroll", "scroll; space and backspace by ten",
        moveUpAndDown + [
          (.character(" "), .moveSelection(10)), (.backspace, .moveSelection(-10)),
        ]),
      closing(.character("?"), .character("d"), .enter),
    ] + screen

  private static let options =
    [
      choose,
      KeyBinding(
        "←→", ascii: "left right", hint: "change", "another setting",
        [(.left, .changeOption(-1)), (.right, .changeOption(1)), (.enter, .changeOption(1))]),
      closing(.character("o")),
    ] + screen

  private static let confirm =
    [
      KeyBinding("y", hint: "yes", "do it", [(.character("y"), .accept), (.enter, .accept)]),
      refusal,
    ] + screen

  private static let reset =
    [
      KeyBinding(
        "y", hint: "this page", "this page", [(.character("y"), .accept), (.enter, .accept)]),
      KeyBinding("L", hint: "the lesson", "the whole lesson", [(.character("L"), .startOver)]),
      refusal,
    ] + screen

  private static let prompt =
    [
      KeyBinding("⏎", ascii: "enter", hint: "take it", "take what is typed", [(.enter, .accept)]),
      KeyBinding(
        "backspace", "take back a character",
        [(.backspace, .deleteBackward), (.delete, .deleteBackward)]),
      KeyBinding(
        "esc", hint: "leave", "leave it as it was", [(.escape, .close), (.control("c"), .close)]),
    ] + screen

  private static let editor =
    [
      KeyBinding(
        "⏎", ascii: "enter", hint: "new line", "break the line; within brackets it is indented",
        [(.enter, .edit(.breakLine))]),
      KeyBinding(
        "⇥", ascii: "tab", hint: "complete", "complete a name; indent at the start of a line",
        [(.tab, .edit(.complete))]),
      KeyBinding(
        "esc", hint: "keep and run", "keep the text and run the cell; ^C likewise",
        [(.escape, .edit(.keep)), (.control("c"), .edit(.keep))]),
      KeyBinding("^G", hint: "discard", "discard the changes", [(.control("g"), .edit(.discard))]),
      KeyBinding(
        "^R", hint: "lesson's text", "the lesson's text", [(.control("r"), .edit(.restore))]),
      KeyBinding(
        "←→↑↓", ascii: "arrows", "move; Home and End or ^A and ^E to the ends of the line",
        [
          (.left, .edit(.move(.left))), (.right, .edit(.move(.right))),
          (.up, .edit(.move(.up))), (.down, .edit(.move(.down))),
          (.home, .edit(.move(.lineStart))), (.end, .edit(.move(.lineEnd))),
          (.control("a"), .edit(.move(.lineStart))), (.control("e"), .edit(.move(.lineEnd))),
        ]),
      KeyBinding(
        "backspace", "delete the character before the cursor; Del the one behind it",
        [(.backspace, .edit(.deleteBackward)), (.delete, .edit(.deleteForward))]),
      KeyBinding("^K", "delete to the end of the line", [(.control("k"), .edit(.deleteToLineEnd))]),
      KeyBinding(
        "PgUp PgDn", "scroll the page beside the editor",
        [(.pageUp, .scrollScreen(-1)), (.pageDown, .scrollScreen(1))]),
    ] + screen

  // MARK: The page

  private static let search = [
    KeyBinding(
      "n N", hint: "match", "the next match and the one before",
      [(.character("n"), .nextMatch(1)), (.character("N"), .nextMatch(-1))]),
    KeyBinding("esc", hint: "end search", "end the search", [(.escape, .leave)]),
  ]

  private static let page = [
    KeyBinding(
      "⇥", ascii: "tab", hint: "next", "focus what can be moved, in turn; Shift-Tab backwards",
      [(.tab, .moveFocus(1)), (.backTab, .moveFocus(-1))]),
    KeyBinding(
      "space", hint: "down/next", "a screen down, then the next page; PgDn likewise",
      [(.character(" "), .scrollScreen(1)), (.pageDown, .scrollScreen(1))]),
    KeyBinding(
      "backspace", "a screen up, then the page before; PgUp likewise",
      [(.backspace, .scrollScreen(-1)), (.pageUp, .scrollScreen(-1))]),
    KeyBinding(
      "n p", hint: "page", "the next page and the one before",
      [(.character("n"), .turnPage(1)), (.character("p"), .turnPage(-1))]),
    KeyBinding(
      "←→", ascii: "left right", "the page before and the next, when nothing has the focus",
      [(.left, .turnPage(-1)), (.right, .turnPage(1))]),
    KeyBinding(
      "e", hint: "edit", "rewrite the cell that has the focus, else the first in sight",
      [(.character("e"), .openEditor)]),
    KeyBinding(
      "j k ↑↓", ascii: "j k up down", "scroll by a line",
      [
        (.character("j"), .scrollLine(1)), (.character("k"), .scrollLine(-1)),
        (.down, .scrollLine(1)), (.up, .scrollLine(-1)),
      ]),
    KeyBinding(
      "g G",
      "the top and the end of the page, then the first and the last page; Home, End likewise",
      [
        (.character("g"), .goToTop), (.home, .goToTop), (.character("G"), .goToEnd),
        (.end, .goToEnd),
      ]),
    KeyBinding(
      "12⏎", ascii: "12 enter", "page 12; 12g likewise",
      (0...9).map { (.character(Character(String($0))), .digit($0)) } + [(.enter, .jump)]),
    KeyBinding(
      "esc", "leave the focus, the search or a message", [(.escape, .leave)]),
    KeyBinding(
      "R", "the page, or the lesson, back to the lesson's values and texts (asks)",
      [(.character("R"), .open(.confirmReset))]),
  ]

  private static let screen = [
    KeyBinding("^L", "draw the screen anew", [(.control("l"), .redraw)]),
    KeyBinding("^Z", "back to the shell for a while; fg returns", [(.control("z"), .suspend)]),
  ]

  private static let everywhere =
    [
      KeyBinding("t", "contents", [(.character("t"), .open(.contents))]),
      KeyBinding("/", "search", [(.character("/"), .open(.search))]),
      KeyBinding("i", "about a name that the page's cells use", [(.character("i"), .open(.name))]),
      KeyBinding("d", "devices: processor, sound", [(.character("d"), .open(.devices))]),
      KeyBinding("o", "options: colours, characters, sound", [(.character("o"), .open(.options))]),
      KeyBinding("F5", "read the lesson's file again", [(.function(5), .reload)]),
    ] + screen + [
      KeyBinding("?", hint: "keys", "this help", [(.character("?"), .open(.help))]),
      KeyBinding("q", "quit", [(.character("q"), .quit), (.control("c"), .quit)]),
    ]
}
