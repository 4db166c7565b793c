import Notebook
import Pages
import Sounds
import Terminal

/// Jumps to other pages, and the way back.
extension Reader {
  /// A place in the lesson.
  struct Place: Hashable {
    var page: Int
    var scroll: Int
    var focus: FocusTarget?
    /// Whether the rows are those of the focus, wherever they are.
    var isAtFocus = false
  }

  private static let placeLimit = 100

  var place: Place { Place(page: pageIndex, scroll: scroll, focus: state.focus) }

  mutating func jump(toPage index: Int) -> [Action] {
    let start = place
    let actions = show(page: index)
    noteJump(from: start)
    return actions
  }

  /// Remembers the start of a jump that has led to another place.
  mutating func noteJump(from start: Place) {
    guard start.page != pageIndex || start.scroll != scroll else { return }
    places.append(start)
    if places.count > Self.placeLimit { places.removeFirst() }
  }

  mutating func goBack() -> [Action] {
    guard let place = places.popLast() else {
      notice = "there is no earlier place: B goes back after a jump"
      return []
    }
    let actions = show(page: place.page)
    returning = place
    takeUpPlace()
    return actions
  }

  /// Takes up `returning` as far as the page has the rows and the things already.
  mutating func takeUpPlace() {
    guard let place = returning, place.page == pageIndex else { return }
    let hasFocus =
      place.focus.map { focus in arrangement.targets.contains { $0.target == focus } } ?? false
    if hasFocus { state.focus = place.focus }
    if place.isAtFocus {
      if hasFocus { scrollToFocus() }
      return
    }
    scroll = place.scroll
    keepScrollInside()
  }

  /// Goes to the run, the measurement or the cell that the focused cell waits for.
  mutating func goToCause() -> [Action] {
    guard let focus = state.focus, case .waiting(let wait)? = snapshot.cells[focus.cell]?.state,
      let cause = wait.place
    else { return [] }
    let start = place
    let page = cause.page ?? pageIndex
    let actions = page == pageIndex ? [] : show(page: page)
    returning = Place(page: page, scroll: 0, focus: target(of: cause, wait), isAtFocus: true)
    takeUpPlace()
    noteJump(from: start)
    return actions
  }

  private func target(of cause: WaitingPlace, _ wait: Wait) -> FocusTarget {
    switch wait {
    case .work(.permission, _): .permission(cell: cause.cell)
    case .work: .trainer(cell: cause.cell, call: cause.call ?? 0)
    case .failedCell, .undefined, .ownWork, .unreturned: .code(cell: cause.cell)
    }
  }

  /// Goes back to the rows and the focus of a page after a reload.
  mutating func takeUp(_ place: Place) {
    returning = Place(page: pageIndex, scroll: place.scroll, focus: place.focus)
    takeUpPlace()
  }

  // MARK: Page numbers

  /// Digits that are typed within this time of each other belong to one number, in seconds.
  private static let digitInterval = 1.0

  /// Whether Enter would jump. A player with the focus takes a digit that numbers one of its sounds; longer
  /// numbers and those of no sound are page numbers there, too.
  var hasPageNumber: Bool {
    guard let number = Int(pageDigits) else { return false }
    guard let tracks = focusedTracks else { return true }
    return lesson.pages.indices.contains(number - 1) && !tracks.indices.contains(number - 1)
  }

  /// Whether the page number may also be a quick comparison of sounds: it is forgotten after a second, so
  /// that Enter plays.
  var hasAmbiguousNumber: Bool {
    guard hasPageNumber, let tracks = focusedTracks, tracks.count > 1 else { return false }
    return pageDigits.allSatisfy {
      $0.wholeNumberValue.map { tracks.indices.contains($0 - 1) } ?? false
    }
  }

  private var focusedTracks: [Track]? {
    guard let focus = state.focus, case .player(let tracks)? = snapshot.output(for: focus) else {
      return nil
    }
    return tracks
  }

  /// Call with the time that has passed.
  mutating func forgetAmbiguousNumber(after seconds: Double) {
    guard hasAmbiguousNumber else {
      ambiguousNumberAge = 0
      return
    }
    ambiguousNumberAge += seconds
    if ambiguousNumberAge > Self.digitInterval { pageDigits = "" }
  }

  /// A further digit of a page number, which a plot would take as one of its keys.
  func digit(_ key: Key) -> Command? {
    guard overlay == nil, hasPageNumber, case .character(let digit) = key,
      case .plot? = contexts.first
    else { return nil }
    return digit.wholeNumberValue.map { .digit($0) }
  }

  /// A digit that switches the sound of a player, or is part of a page number.
  mutating func selectTrack(_ key: Key, _ command: Command, at time: Double) -> [Action] {
    guard case .character(let digit) = key else { return [] }
    if time - lastDigitTime > Self.digitInterval { pageDigits = "" }
    let digits = String((pageDigits + String(digit)).suffix(4))
    pageDigits = digits
    lastDigitTime = time
    ambiguousNumberAge = 0
    // However fast sounds are compared, each digit switches.
    if hasPageNumber, !hasAmbiguousNumber { return [] }
    let actions = changeSound(command)
    pageDigits = digits
    return actions
  }

  /// The arrows turn the page only when nothing has the focus: elsewhere they would do so by accident.
  mutating func explainUnusedKey(_ key: Key) {
    if case .blindTest? = contexts.first {
      notice = "only the keys of the blind test work now; ? lists them, and Esc ends it"
      return
    }
    if overlay == nil, key == .character("z") {
      notice =
        state.focus == nil
        ? "z enlarges what has the focus: Tab goes to it" : "this cannot be made larger"
      return
    }
    guard overlay == nil, state.focus != nil, key == .left || key == .right else { return }
    notice =
      "the arrows turn the page when nothing has the focus: Esc leaves it, n and p turn anyway"
  }
}
