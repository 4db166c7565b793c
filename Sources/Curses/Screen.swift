import CNCurses
import Concurrency
import Glibc
import Terminal

/// The terminal as a grid to show canvases on and a source of events.
///
/// Only one may exist at a time, on the main thread, which is why it is not Sendable. Between `init`
/// and `close` it owns standard input, output and error, the window, and the signals that concern the
/// terminal. If a signal or a crash ends the program, the terminal is restored first.
package final class Screen {
  package struct Options: Sendable {
    /// Report mouse events; selecting text in the terminal then requires Shift.
    package var usesMouse = false
    /// False to use only the terminal's default colours.
    package var usesColor = true

    package init() {}
  }

  package private(set) var width: Int
  package private(set) var height: Int
  /// 0, 8 or 256.
  package let colors: Int
  package let isUTF8: Bool
  /// Ends a wait for events from any thread.
  package let wake: Wake
  /// Called when a signal is about to end the program: the last chance to save. Until it returns,
  /// further signals wait.
  package var willTerminate: () -> Void = {}
  /// Called when another process stops the program: it may never continue.
  package var willSuspend: () -> Void = {}
  /// Something that the student should know about the terminal; a sentence without a full stop.
  package let remark: String?

  private let window: UnsafeMutablePointer<WINDOW>
  private let screen: OpaquePointer
  let signals: Signals
  private let watchdog: Watchdog
  private let originalModes: termios
  private let exitSequence: [UInt8]
  private var errors: CapturedErrors?
  private var usesMouse: Bool
  private let willExit = Monitor<@Sendable () -> Void>({})
  private var isOpen = true
  private var decoder = KeyDecoder()
  private var pending: [Event] = []
  private var backgroundQuestion = BackgroundQuestion()
  private var painter: Painter

  /// Call before the program starts its first thread, so that every thread inherits the mask and
  /// leaves the terminal's signals to the screen.
  package static func blockSignals() {
    Signals.block()
  }

  /// Takes over the terminal. On failure nothing has changed.
  package init(_ options: Options = Options()) throws(ScreenError) {
    guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else { throw .notATerminal }
    guard let wantedType = TerminalEnvironment.type else { throw .noTerminalType }
    var modes = termios()
    tcgetattr(STDIN_FILENO, &modes)
    originalModes = modes
    isUTF8 = TerminalEnvironment.selectLocale()
    wake = try Wake()
    signals = try Signals()
    watchdog = try Watchdog(signals)

    let type: TerminalType
    do throws(ScreenError) {
      type = try TerminalType.select(wantedType)
    } catch {
      watchdog.stop()
      signals.close()
      throw error
    }
    remark = type.remark
    // The window's size comes from the terminal, not from LINES and COLUMNS, which go stale.
    use_env(false)
    use_tioctl(true)
    guard let screen = curses_new_terminal(type.used), let window = curses_screen() else {
      watchdog.stop()
      signals.close()
      throw .unknownTerminal(wantedType)
    }
    self.screen = screen
    self.window = window
    // Every key reaches the program, including Ctrl-C and Ctrl-Z.
    raw()
    noecho()
    nonl()
    nodelay(window, true)
    keypad(window, true)
    // Mouse reports reach the decoder unprocessed.
    keyok(KEY_MOUSE, false)
    set_escdelay(TerminalEnvironment.isRemote ? 100 : 25)
    curs_set(0)
    colors = options.usesColor && !TerminalEnvironment.disablesColor ? startColors() : 0
    painter = Painter(window: window, colors: colors, isUTF8: isUTF8)
    width = Int(curses_width())
    height = Int(curses_height())
    usesMouse = options.usesMouse
    exitSequence =
      ["sgr0", "rmkx", "cnorm", "rmcup"].flatMap { sequence(of: $0) } + mouseOff
      + pasteOff
    send(pasteOn)
    if usesMouse { send(mouseOn) }
    if colors > 0, TerminalEnvironment.answersQuestions { backgroundQuestion.ask() }
    protect()
  }

  /// Restores the terminal and replays what was written to standard error meanwhile. Further calls
  /// do nothing.
  package func close() {
    guard isOpen else { return }
    isOpen = false
    backgroundQuestion.discardLateAnswer()
    restoreTerminal()
    delscreen(screen)
    watchdog.stop()
    signals.close()
    Signals.unblock()
  }

  /// Called when a library ends the program with `exit`, on its thread, to save what the main thread
  /// has handed over.
  package func setWillExit(_ work: @escaping @Sendable () -> Void) {
    willExit.withLock { $0 = work }
  }

  // MARK: Suggestions

  /// The Linux console's font lacks our Unicode characters, whatever its locale says.
  package var suggestedCharset: Charset {
    isUTF8 && TerminalEnvironment.type != "linux" ? .unicode : .ascii
  }

  /// What the terminal has told, else what its environment does.
  package var suggestedBackground: Theme.Background {
    backgroundQuestion.answer ?? TerminalEnvironment.background
  }

  // MARK: Output

  /// Shows a canvas in the upper left corner; the rest of the screen is blank. Only changed rows are
  /// repainted, and only changed cells are sent.
  ///
  /// - Parameter cursor: the position of the terminal's cursor; nil hides it.
  package func draw(_ canvas: Canvas, cursor: (x: Int, y: Int)? = nil) {
    guard isOpen, !CrashGuard.isExiting else { return }
    painter.paint(canvas)
    if let cursor, cursor.x >= 0, cursor.x < width, cursor.y >= 0, cursor.y < height {
      wmove(window, Int32(cursor.y), Int32(cursor.x))
      curs_set(1)
    } else {
      curs_set(0)
    }
    wnoutrefresh(window)
    doupdate()
  }

  /// Makes the next `draw` send every cell, in case another program has written to the screen.
  package func redraw() {
    painter.invalidate()
    clearok(curses_new_screen_content(), true)
  }

  // MARK: Input

  /// Asks the terminal to report the mouse, or not. Selecting text then requires Shift.
  package func setMouse(_ isOn: Bool) {
    guard isOpen, isOn != usesMouse else { return }
    usesMouse = isOn
    send(isOn ? mouseOn : mouseOff)
  }

  /// Waits for input, a resize, a `wake` signal or the timeout (nil: none), and returns the pending
  /// events; none after a wake or a timeout.
  ///
  /// A terminating signal ends the program here, with the exit status of that signal; so does losing
  /// the terminal.
  package func nextEvents(timeoutMilliseconds: Int?) -> [Event] {
    guard isOpen else { return [] }
    if !pending.isEmpty { return takePending() }
    var descriptors = [STDIN_FILENO, signals.descriptor, wake.readEnd].map {
      pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
    }
    // When interrupted by another signal, returns no events; the caller will call again.
    let timeout = timeoutMilliseconds.map { Int32(clamping: max(0, $0)) } ?? -1
    guard poll(&descriptors, nfds_t(descriptors.count), timeout) > 0 else { return [] }
    if descriptors[2].revents != 0 { wake.drain() }
    if descriptors[1].revents != 0 { handleSignals() }
    if descriptors[0].revents != 0 {
      var available: Int32 = 0
      _ = ioctl(STDIN_FILENO, UInt(FIONREAD), &available)
      if available > 0 {
        pending += decoder.decode(readInput(), at: Int(Clock.now() * 1000))
      } else if descriptors[0].revents & Int16(POLLHUP | POLLERR | POLLNVAL) != 0
        || isAtEndOfInput()
      {
        terminate(by: SIGHUP)
      }
    }
    return takePending()
  }

  /// Stops the program as the suspend key does, and takes over the terminal again when it continues.
  /// The next events then include a resize, which makes the caller redraw.
  package func suspend() {
    guard isOpen else { return }
    leaving {
      Signals.stopProcessGroup()
      guard let signal = Signals.pendingTerminating else { return }
      // Ended while it was stopped, as with "kill %1": the terminal belongs to the shell now, and
      // taking it over would stop the program once more.
      watchdog.allow(seconds: Watchdog.patienceWhileSaving)
      willTerminate()
      Signals.performDefaultAction(of: signal)
    }
  }

  /// Gives the terminal back while `work` runs, and takes it over again.
  func leaving<Result>(_ work: () -> Result) -> Result {
    def_prog_mode()
    restoreTerminal()
    let result = work()
    reset_prog_mode()
    send(pasteOn)
    if usesMouse { send(mouseOn) }
    protect()
    redraw()
    resize()
    return result
  }

  private func takePending() -> [Event] {
    for case .background(let background) in pending { backgroundQuestion.answer = background }
    defer { pending = [] }
    return pending
  }

  private func readInput() -> [RawInput] {
    var input: [RawInput] = []
    var value: wint_t = 0
    while true {
      let kind = wget_wch(window, &value)
      if kind == KEY_CODE_YES {
        if let key = key(forCode: Int32(bitPattern: value)) {
          input.append(.key(key))
        }
      } else if kind == OK {
        if let scalar = Unicode.Scalar(value) { input.append(.scalar(scalar)) }
      } else {
        return input
      }
    }
  }

  /// Whether the other end of the terminal is gone. (Readable but empty may also mean that the input
  /// has been read meanwhile.)
  private func isAtEndOfInput() -> Bool {
    var modes = termios()
    return tcgetattr(STDIN_FILENO, &modes) != 0
  }

  // MARK: Signals

  private func handleSignals() {
    for signal in signals.take() {
      switch signal {
      case SIGWINCH: resize()
      case SIGTSTP:
        willSuspend()
        suspend()
      case SIGCONT:
        // Stopped and continued by another process; a shell may have changed the modes.
        reset_prog_mode()
        if usesMouse { send(mouseOn) }
        redraw()
        resize()
      default: terminate(by: signal)
      }
    }
  }

  private func resize() {
    var size = winsize()
    if ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 {
      resizeterm(Int32(size.ws_row), Int32(size.ws_col))
    }
    width = Int(curses_width())
    height = Int(curses_height())
    painter.invalidate()
    pending.append(.resize(width: width, height: height))
  }

  func terminate(by signal: Int32) {
    // Before anything that may block, or that lets the next signal through: a closed terminal sends
    // two or three at once.
    watchdog.allow(seconds: Watchdog.patienceWhileSaving)
    willTerminate()
    watchdog.allow(seconds: Watchdog.patienceAfterSaving)
    close()
    Signals.performDefaultAction(of: signal)
    // Only reached if the default action does not end the process.
    exit(128 + signal)
  }

  // MARK: Taking over and restoring the terminal

  /// From here on a crash restores the terminal, and messages cannot corrupt the screen.
  private func protect() {
    errors = CapturedErrors()
    CrashGuard.arm(
      exitSequence: exitSequence, modes: originalModes, errors: errors,
      willExit: { [willExit] in willExit.withLock { $0 }() })
  }

  private func restoreTerminal() {
    if usesMouse { send(mouseOff) }
    send(pasteOff)
    endwin()
    CrashGuard.disarm()
    var modes = originalModes
    tcsetattr(STDIN_FILENO, TCSADRAIN, &modes)
    errors?.restore()
    errors?.closeFiles()
    errors = nil
  }
}

// Reports buttons, the wheel, and movement while a button is down, in SGR mode: supported by every
// terminal with mouse reports, whatever its description says.
private let mouseOn = Array("\u{1B}[?1002h\u{1B}[?1006h".utf8)
private let mouseOff = Array("\u{1B}[?1006l\u{1B}[?1002l".utf8)

// Bracketed paste, so that pasted text is not taken for keys. Other terminals ignore it.
private let pasteOn = Array("\u{1B}[?2004h".utf8)
private let pasteOff = Array("\u{1B}[?2004l".utf8)

func send(_ bytes: [UInt8]) {
  var rest = bytes[...]
  // A terminal takes a long text piece by piece.
  while !rest.isEmpty {
    let count = rest.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
    guard count > 0 || errno == EINTR else { return }
    rest = rest.dropFirst(max(0, count))
  }
}

/// A capability as sent, without the padding that only hard-copy terminals need.
private func sequence(of capability: String) -> [UInt8] {
  guard let text = curses_capability(capability) else { return [] }
  var result: [UInt8] = []
  var rest = String(cString: text)[...]
  while let padding = rest.firstRange(of: "$<") {
    result += rest[..<padding.lowerBound].utf8
    guard let end = rest[padding.upperBound...].firstIndex(of: ">") else { return result }
    rest = rest[rest.index(after: end)...]
  }
  return result + rest.utf8
}

/// - Returns: 0, 8 or 256 colours.
private func startColors() -> Int {
  guard has_colors(), start_color() == OK else { return 0 }
  // If this fails, curses paints white on black.
  use_default_colors()
  let count = Int(curses_colors())
  return count >= 256 ? 256 : count >= 8 ? 8 : 0
}

/// Maps curses key codes; nil for keys we don't use.
private func key(forCode code: Int32) -> Key? {
  switch code {
  case KEY_UP: .up
  case KEY_DOWN: .down
  case KEY_LEFT: .left
  case KEY_RIGHT: .right
  case KEY_SLEFT: .shiftLeft
  case KEY_SRIGHT: .shiftRight
  case KEY_HOME, KEY_FIND, KEY_A1: .home
  case KEY_END, KEY_SELECT, KEY_C1, KEY_LL: .end
  case KEY_PPAGE, KEY_A3: .pageUp
  case KEY_NPAGE, KEY_C3: .pageDown
  case KEY_DC: .delete
  case KEY_BACKSPACE: .backspace
  case KEY_BTAB: .backTab
  case KEY_ENTER: .enter
  case (KEY_F0 + 1)...(KEY_F0 + 12): .function(Int(code - KEY_F0))
  default: nil
  }
}
