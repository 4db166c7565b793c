import Interpreter
import Pages
import Sounds

/// A blind test of two sounds of a player: see `BlindTest` for its rules.
extension Reader {
  /// A test takes all keys: one that changed something else would end it.
  var blindTestContexts: [KeyContext]? {
    state.blindTest.map { [$0.test.isComplete ? .blindResult : .blindTest] }
  }

  mutating func blindTest(_ command: BlindTestCommand) -> [Action] {
    switch command {
    case .start: return startBlindTest()
    case .listen(let sound): return listen(to: sound)
    case .choose(let choice):
      state.blindTest?.choice = choice
      return []
    case .answer: return answerBlindTest()
    case .playOrPause: return playOrPauseBlindTest()
    case .seek(let steps):
      guard let test = state.blindTest else { return [] }
      return [.sound(.seek(by: Double(steps) * max(0.1, test.duration / 20)))]
    case .end: return endBlindTest()
    }
  }

  // MARK: Starting

  private mutating func startBlindTest() -> [Action] {
    guard let target = state.blindTest?.target ?? state.focus,
      case .player(let tracks)? = snapshot.output(for: target)
    else { return [] }
    var actions = load(tracks, of: target)
    // A player that was loaded just now has not reported a state yet.
    let player = state.player?.state
    let selected = min(player?.selected ?? 0, tracks.count - 1)
    let (a, b) = testedTracks(count: tracks.count, selected: selected)
    if let obstacle = obstacle(to: tracks[a], tracks[b], count: tracks.count) {
      notice = obstacle
      return actions
    }
    settingsBeforeTest = (selected, player?.isLooping ?? false)
    let pair = BlindTest.tracks(tracks[a], tracks[b])
    let test = BlindTest(a: pair[0].label, b: pair[1].label, using: &generator)
    state.blindTest = BlindTestState(
      target: target, test: test, duration: pair.map(\.duration).min() ?? 0)
    actions += [
      .sound(.pause), .sound(.load(pair, keepingPosition: true)), .sound(.setLooping(true)),
    ]
    // Not only when something is played: where nothing can be heard, the test should not begin.
    if reportedSoundOutput == .notOpened { actions.append(.sound(.open)) }
    return actions
  }

  /// The two that were selected last, in their order; else the selected one and the next.
  private func testedTracks(count: Int, selected: Int) -> (Int, Int) {
    let earlier = earlierTrack.flatMap { $0 != selected && $0 < count ? $0 : nil }
    let other = earlier ?? (selected + 1) % count
    return (min(selected, other), max(selected, other))
  }

  /// Why the sounds cannot be tested; nil if they can.
  private func obstacle(to a: Track, _ b: Track, count: Int) -> String? {
    guard count > 1 else {
      return "a blind test compares two sounds, and this player has only one"
    }
    for track in [a, b] {
      if let problem = track.problem {
        return "no blind test: '\(track.label)' cannot be played, because \(problem)"
      }
    }
    guard appearance.hasSound else {
      return "a blind test is for the ears, and sound is off: o switches it on"
    }
    if case .silent(let reason) = reportedSoundOutput { return silenceText(reason) }
    return nil
  }

  private func silenceText(_ reason: String) -> String {
    "a blind test is for the ears, and there is no sound: \(reason)"
  }

  /// Ends a test because nothing can be heard. One that has hardly begun is not worth a word.
  ///
  /// - Returns: nil without a test.
  mutating func endBlindTest(becauseSilent reason: String) -> [Action]? {
    guard let test = state.blindTest?.test, !test.isComplete else { return nil }
    let actions = stopListening()
    interruptBlindTest(because: "there is no sound (\(reason))")
    if test.answeredRounds == 0 { notice = silenceText(reason) }
    return actions
  }

  // MARK: A round

  private mutating func listen(to sound: BlindTest.Sound) -> [Action] {
    guard var test = state.blindTest else { return [] }
    test.listen(to: sound)
    state.blindTest = test
    let track = test.test.choice(playedFor: sound) == .a ? 0 : 1
    let select = Action.sound(.select(track, throughSilence: true))
    return state.player?.state?.isPlaying == true ? [select] : [select, .sound(.play)]
  }

  private mutating func playOrPauseBlindTest() -> [Action] {
    if state.player?.state?.isPlaying == true { return [.sound(.pause)] }
    // Until something has been chosen, what is selected may be the X of the round before.
    return listen(to: state.blindTest?.heard ?? .a)
  }

  private mutating func answerBlindTest() -> [Action] {
    guard var test = state.blindTest else { return [] }
    guard test.choice != nil else {
      let (up, down) = (look.glyphs.keyUp, look.glyphs.keyDown)
      notice = "first choose: \(up) says that X is A, \(down) that it is B; then Enter"
      return []
    }
    guard test.hasHeardX else {
      notice = "listen to X first: the key x plays it"
      return []
    }
    test.answer()
    state.blindTest = test
    return test.test.isComplete ? stopListening() : [.sound(.pause)]
  }

  // MARK: Ending

  /// Ends it early, or closes its result.
  private mutating func endBlindTest() -> [Action] {
    guard let test = state.blindTest?.test else { return [] }
    let actions = test.isComplete ? [] : stopListening()
    if !test.isComplete { notice = test.endingText() }
    state.blindTest = nil
    return actions
  }

  /// Ends a test in progress, and says why. The player is left as it is.
  ///
  /// - Returns: whether there was one.
  @discardableResult
  mutating func interruptBlindTest(because reason: String) -> Bool {
    guard let test = state.blindTest?.test, !test.isComplete else { return false }
    notice = test.endingText(because: reason)
    state.blindTest = nil
    return true
  }

  /// Pauses, and gives the player its own tracks and settings back.
  func stopListening() -> [Action] {
    guard let target = state.blindTest?.target,
      case .player(let tracks)? = snapshot.output(for: target)
    else { return [.sound(.stop)] }
    return [.sound(.load(tracks, keepingPosition: true))] + settingsActions
  }

  /// The player's settings, as they were before the test.
  var settingsActions: [Action] {
    [
      .sound(.pause), .sound(.select(settingsBeforeTest.selected)),
      .sound(.setLooping(settingsBeforeTest.isLooping)),
    ]
  }
}
