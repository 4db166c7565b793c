import Terminal

/// One line of the table of keys: what the keys do, as a word for the footer and a line of help.
package struct KeyBinding: Sendable {
  package var keys: [(key: Key, command: Command)]
  /// The keys as footer and help show them, on UTF-8 terminals and in ASCII.
  package var label: (unicode: String, ascii: String)
  /// The word in the footer; nil for bindings that only the help lists.
  package var footer: String?
  package var help: String

  init(
    _ unicode: String, ascii: String? = nil, footer: String? = nil, _ help: String,
    _ keys: [(Key, Command)]
  ) {
    self.keys = keys.map { (key: $0.0, command: $0.1) }
    self.label = (unicode, ascii ?? unicode)
    self.footer = footer
    self.help = help
  }

  package func label(_ charset: Charset) -> String {
    charset == .unicode ? label.unicode : label.ascii
  }
}

/// The one table of keys. It feeds the handler (`command`), the footer and the help.
package enum KeyBindings {
  /// Looks a key up in the contexts in turn; the innermost comes first.
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
    case .table: wideTable
    case .player: player
    case .trainer: trainer
    case .permission: permission
    case .wait: wait
    case .prediction: prediction
    case .code: code
    case .lessons: lessons
    case .contents: contents
    case .list: list
    case .devices: devices
    case .text: text
    case .options: options
    case .confirm: confirm
    case .reset: reset
    case .prompt: prompt
    case .editor: editor
    case .unreadable: unreadable
    case .search: search
    case .blindTest: blindTest
    case .blindResult: blindResult
    case .unfocused: unfocused
    case .page: page
    case .everywhere: everywhere
    }
  }

  // MARK: What has the focus

  private static let enlarge = KeyBinding(
    "z", footer: "zoom", "the whole screen for it; again: back", [(.character("z"), .enlarge)])

  private static let enlargeEffects = KeyBinding(
    "z", footer: "zoom", "the whole screen for it and what it changes; again: back",
    [(.character("z"), .enlarge)])

  private static let slider = [
    KeyBinding(
      "←→", ascii: "left right", footer: "step", "one step down or up",
      [(.left, .adjust(-1)), (.right, .adjust(1))]),
    KeyBinding(
      "< >", footer: "×10", "ten steps; also Shift with the arrows",
      [
        (.character("<"), .adjust(-10)), (.character(">"), .adjust(10)),
        (.shiftLeft, .adjust(-10)), (.shiftRight, .adjust(10)),
      ]),
    KeyBinding(
      "⏎", ascii: "enter", footer: "type it", "type a value", [(.enter, .typeValue)]),
    KeyBinding(
      "r", footer: "reset", "back to the lesson's value", [(.character("r"), .resetWidget)]),
    enlargeEffects,
  ]

  private static let choice = [
    KeyBinding(
      "←→", ascii: "left right", footer: "choose", "the previous or next option",
      [(.left, .adjust(-1)), (.right, .adjust(1)), (.enter, .adjust(1))]),
    KeyBinding(
      "r", footer: "reset", "back to the lesson's option", [(.character("r"), .resetWidget)]),
    enlargeEffects,
  ]

  private static let toggle = [
    KeyBinding(
      "⏎", ascii: "enter", footer: "switch", "on or off; also the arrows",
      [(.enter, .adjust(1)), (.left, .adjust(-1)), (.right, .adjust(1))]),
    KeyBinding(
      "r", footer: "reset", "back to the lesson's setting", [(.character("r"), .resetWidget)]),
    enlargeEffects,
  ]

  private static let plot = [
    KeyBinding(
      "←→", ascii: "left right", footer: "pan", "move the visible part",
      [(.left, .pan(-1)), (.right, .pan(1))]),
    KeyBinding(
      "+ −", ascii: "+ -", footer: "zoom", "zoom in or out; = is +",
      [
        (.character("+"), .zoom(1)), (.character("="), .zoom(1)), (.character("-"), .zoom(-1)),
        (.character("−"), .zoom(-1)),
      ]),
    KeyBinding("0", footer: "all", "show the whole plot", [(.character("0"), .zoomAll)]),
    KeyBinding(
      "⏎", ascii: "enter", footer: "cursor", "a cursor that reads exact values",
      [(.enter, .plotCursor)]),
    enlarge,
  ]

  private static let plotCursor = [
    KeyBinding(
      "←→", ascii: "left right", footer: "move", "the previous or next value",
      [(.left, .moveCursor(-1)), (.right, .moveCursor(1))]),
    KeyBinding(
      "< >", footer: "×10", "ten values; also Shift with the arrows",
      [
        (.character("<"), .moveCursor(-10)), (.character(">"), .moveCursor(10)),
        (.shiftLeft, .moveCursor(-10)), (.shiftRight, .moveCursor(10)),
      ]),
    KeyBinding(
      "⏎", ascii: "enter", footer: "no cursor", "hide the cursor", [(.enter, .plotCursor)]),
    enlarge,
  ]

  private static let stepper = [
    KeyBinding(
      "←→", ascii: "left right", footer: "one step", "slide the kernel by one sample",
      [(.left, .step(-1)), (.right, .step(1))]),
    KeyBinding(
      "⏎", ascii: "enter", footer: "animate", "play the steps, or stop", [(.enter, .animate)]),
    KeyBinding("f", footer: "flip", "flip the kernel, or not", [(.character("f"), .flip)]),
    enlarge,
  ]

  private static let wideTable = [
    KeyBinding(
      "←→", ascii: "left right", footer: "columns", "the columns to the left or to the right",
      [(.left, .scrollColumns(-1)), (.right, .scrollColumns(1))]),
    KeyBinding(
      "< >", footer: "×10", "ten columns; also Shift with the arrows",
      [
        (.character("<"), .scrollColumns(-10)), (.character(">"), .scrollColumns(10)),
        (.shiftLeft, .scrollColumns(-10)), (.shiftRight, .scrollColumns(10)),
      ]),
    enlarge,
  ]

  private static let player = [
    KeyBinding(
      "⏎", ascii: "enter", footer: "play/pause", "play or pause", [(.enter, .playOrPause)]),
    KeyBinding(
      "←→", ascii: "left right", footer: "seek", "back or forward in the sound",
      [(.left, .seek(-1)), (.right, .seek(1))]),
    KeyBinding(
      "1–9", ascii: "1-9", footer: "switch", "another sound, at the same position",
      (1...9).map { (.character(Character(String($0))), .selectTrack($0 - 1)) }),
    KeyBinding(
      "m", footer: "match", "match loudness by turning the louder sounds down",
      [(.character("m"), .matchLoudness)]),
    KeyBinding(
      "x", footer: "blind test", "a blind test: do you hear which of two sounds is played?",
      [(.character("x"), .blindTest(.start))]),
    KeyBinding("l", footer: "loop", "repeat, or not", [(.character("l"), .loop)]),
    KeyBinding(
      "+ −", ascii: "+ -", footer: "volume",
      "louder or softer by 3 dB; what w writes is never changed",
      [
        (.character("+"), .changeVolume(1)), (.character("="), .changeVolume(1)),
        (.character("-"), .changeVolume(-1)), (.character("−"), .changeVolume(-1)),
      ]),
    KeyBinding("w", footer: "WAV", "write the sound to a file", [(.character("w"), .writeSound)]),
    enlarge,
  ]

  private static let trainer = [
    KeyBinding(
      "⏎", ascii: "enter", footer: "start/pause", "train, pause, resume",
      [(.enter, .train(.startOrPause))]),
    KeyBinding(
      "f", footer: "free", "as fast as possible", [(.character("f"), .train(.runFree))]),
    KeyBinding(
      "s", footer: "one epoch", "one epoch, then pause", [(.character("s"), .train(.oneEpoch))]),
    KeyBinding(
      "b", footer: "one stage",
      "one stage of a batch: zero_grad, forward, loss, backward, step; then pause",
      [(.character("b"), .train(.oneStage))]),
    KeyBinding(
      ", .", footer: "pace", "slower or faster",
      [(.character(","), .train(.changePace(-1))), (.character("."), .train(.changePace(1)))]),
    KeyBinding(
      "r", footer: "restart", "start again; this run stays as a faint curve",
      [(.character("r"), .train(.startAgain))]),
    enlarge,
  ]

  private static let permission = [
    KeyBinding(
      "⏎", ascii: "enter", footer: "do it", "let the cell measure or save",
      [(.enter, .permit)])
  ]

  private static let wait = [
    KeyBinding(
      "⏎", ascii: "enter", footer: "go there", "go to what the cell waits for; B comes back",
      [(.enter, .goToCause)])
  ]

  private static let prediction = [
    KeyBinding(
      "1–9", ascii: "1-9", footer: "answer", "choose an answer and uncover the page",
      (1...9).map { (.character(Character(String($0))), .answer($0 - 1)) }),
    KeyBinding(
      "s", footer: "skip", "show the answer without choosing", [(.character("s"), .answer(nil))]),
  ]

  private static let code = [
    KeyBinding(
      "⏎", ascii: "enter", footer: "open/fold", "show the whole cell, or one line",
      [(.enter, .fold)]),
    KeyBinding("e", footer: "edit", "edit the cell", [(.character("e"), .openEditor)]),
    KeyBinding(
      "r", footer: "reset", "back to the lesson's text", [(.character("r"), .restoreCell)]),
  ]

  // MARK: The page

  private static let search = [
    KeyBinding(
      "n N", footer: "match", "the next or previous match",
      [(.character("n"), .nextMatch(1)), (.character("N"), .nextMatch(-1))]),
    KeyBinding("esc", footer: "end search", "end the search", [(.escape, .leave)]),
  ]

  private static let unfocused = [
    KeyBinding(
      "←→", ascii: "left right", "the previous or next page",
      [(.left, .turnPage(-1)), (.right, .turnPage(1))])
  ]

  private static let page = [
    KeyBinding(
      "⇥", ascii: "tab", footer: "next", "focus the next item; Shift-Tab the previous one",
      [(.tab, .moveFocus(1)), (.backTab, .moveFocus(-1))]),
    KeyBinding(
      "space", footer: "down/next", "a screen down, then the next page; also PgDn",
      [(.character(" "), .scrollScreen(1)), (.pageDown, .scrollScreen(1))]),
    KeyBinding(
      "backspace", "a screen up, then the previous page; also PgUp",
      [(.backspace, .scrollScreen(-1)), (.pageUp, .scrollScreen(-1))]),
    KeyBinding(
      "n p", footer: "page", "the next or previous page",
      [(.character("n"), .turnPage(1)), (.character("p"), .turnPage(-1))]),
    KeyBinding(
      "B", footer: "back", "back to where you were before a jump", [(.character("B"), .goBack)]),
    KeyBinding(
      "e", footer: "edit", "edit the focused cell, else the first visible one",
      [(.character("e"), .openEditor)]),
    KeyBinding(
      "E", "edit it in $VISUAL or $EDITOR", [(.character("E"), .openExternalEditor)]),
    KeyBinding(
      "j k ↑↓", ascii: "j k up down", "scroll by a line",
      [
        (.character("j"), .scrollLine(1)), (.character("k"), .scrollLine(-1)),
        (.down, .scrollLine(1)), (.up, .scrollLine(-1)),
      ]),
    KeyBinding(
      "g G",
      "the top or end of the page; also Home, End",
      [
        (.character("g"), .goToTop), (.home, .goToTop), (.character("G"), .goToEnd),
        (.end, .goToEnd),
      ]),
    KeyBinding(
      "12⏎", ascii: "12 enter", "page 12; also 12g",
      (0...9).map { (.character(Character(String($0))), .digit($0)) } + [(.enter, .jump)]),
    KeyBinding(
      "esc", "leave the focus, the search or a message", [(.escape, .leave)]),
    KeyBinding(
      "y", footer: "copy",
      "copy what has the focus (code, value, or numbers as CSV), else the first visible cell",
      [(.character("y"), .copy)]),
    KeyBinding(
      "R", "reset the page or the whole lesson (asks first)",
      [(.character("R"), .open(.confirmReset))]),
  ]

  static let screen = [
    KeyBinding("^L", "redraw the screen", [(.control("l"), .redraw)]),
    KeyBinding("^Z", "back to the shell for a while; fg returns", [(.control("z"), .suspend)]),
  ]

  private static let everywhere =
    [
      KeyBinding("t", footer: "contents", "contents", [(.character("t"), .open(.contents))]),
      KeyBinding("/", "search", [(.character("/"), .open(.search))]),
      KeyBinding(
        "i", "about the names that the page's cells use", [(.character("i"), .open(.name))]),
      KeyBinding(
        "d", "devices: where cells compute, and sound", [(.character("d"), .open(.devices))]),
      KeyBinding(
        "o", "options: colours, characters, curves, sound, mouse",
        [(.character("o"), .open(.options))]),
      KeyBinding(
        "v", "a line in words below each plot, or none", [(.character("v"), .describePictures)]),
      KeyBinding(
        "M", "mouse: on, or left to the terminal, which selects text",
        [(.character("M"), .switchMouse)]),
      KeyBinding("F5", "reload the lesson's file", [(.function(5), .reload)]),
    ] + screen + [
      KeyBinding("?", footer: "keys", "this help", [(.character("?"), .open(.help))]),
      KeyBinding(
        "q", footer: "quit", "quit", [(.character("q"), .quit), (.control("c"), .quit)]),
    ]
}
