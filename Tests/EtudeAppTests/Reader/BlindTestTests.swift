import EtudeApp
import Interpreter
import Notebook
import Pages
import SampleLessons
import Sounds
import Terminal
import Testing

@Suite("Blind test")
struct BlindTestTests {
  /// The same toss in every round.
  private struct Coin: RandomNumberGenerator {
    var isHeads: Bool

    func next() -> UInt64 { isHeads ? .max : 0 }
  }

  private var reader = SampleLesson.reader()

  init() { reader.generator = Coin(isHeads: true) }

  @discardableResult
  private mutating func press(_ keys: Key...) -> [Action] {
    keys.flatMap { reader.handle(.key($0)) }
  }

  @discardableResult
  private mutating func type(_ text: String) -> [Action] {
    text.flatMap { reader.handle(.key(.character($0))) }
  }

  private mutating func focusPlayer() {
    for _ in 0..<20 where reader.state.focus != SampleLesson.player { press(.tab) }
    #expect(reader.state.focus == SampleLesson.player)
  }

  private mutating func start() -> [Action] {
    focusPlayer()
    return type("x")
  }

  /// What the player of the sample lesson would report.
  private func playerState(
    selected: Int = 0, isPlaying: Bool = true, output: SoundDestination = .device("a test")
  ) -> PlayerState {
    let track = PlayerState.TrackState(
      label: "a track", duration: 0.1, gainInDecibels: 0, problem: nil)
    return PlayerState(
      tracks: [track, track, track], selected: selected, isPlaying: isPlaying, position: 0.02,
      isLooping: false, isMatchingLoudness: false, output: output)
  }

  /// In words, for comparisons.
  private func told(_ actions: [Action]) -> [String] {
    actions.map { action in
      guard case .sound(let action) = action else { return "not a sound" }
      return switch action {
      case .load(let tracks, let keepingPosition):
        "load \(tracks.map(\.label).joined(separator: ", "))\(keepingPosition ? "" : " at 0")"
      case .play: "play"
      case .pause: "pause"
      case .select(let track, let throughSilence):
        "select \(track)\(throughSilence ? " through silence" : "")"
      case .seek, .seekTo: "seek"
      case .setLooping(let isLooping): isLooping ? "loop" : "no loop"
      case .setVolume: "volume"
      case .stop: "stop"
      case .open: "open"
      case .setMatching, .write, .setEnabled: "something else"
      }
    }
  }

  /// One round: X is heard, and the answer is the key.
  @discardableResult
  private mutating func round(_ key: Key) -> [Action] {
    type("x")
    return press(key, .enter)
  }

  private var x: BlindTest.Choice? { reader.state.blindTest?.test.choice(playedFor: .x) }

  private var rightKey: Key { x == .a ? .up : .down }
  private var wrongKey: Key { x == .a ? .down : .up }

  // MARK: Listening

  @Test("x loads the two sounds, equally loud, and takes the screen and the keys")
  mutating func starting() {
    let actions = start()
    #expect(
      told(actions) == [
        "load original, filtered at 0", "pause", "load original, filtered", "loop", "open",
      ])
    guard case .sound(.load(let pair, keepingPosition: true))? = actions.dropFirst(2).first else {
      Issue.record("no pair")
      return
    }
    #expect(abs(pair[0].rms - pair[1].rms) < 1e-5)
    #expect(reader.contexts == [.blindTest])
    let screen = reader.draw().text
    #expect(screen.contains("Blind test"))
    #expect(screen.contains("round 1 of 10"))
    #expect(screen.contains("A  original"))
    #expect(screen.contains("B  filtered"))
    #expect(screen.contains("a b x listen  ↑ X is A  ↓ X is B  ⏎ answer  esc end"))
    #expect(!screen.contains("length M"), "nothing of the page")
  }

  @Test("a, b, x and 1, 2, 3 switch through silence; the first starts to play")
  mutating func listening() {
    _ = start()
    let secret = x == .a ? 0 : 1
    for keys in ["abx", "123", "ABX"] {
      reader.update(player: playerState(isPlaying: false))
      let characters = keys.map(Key.character)
      #expect(told(press(characters[0])) == ["select 0 through silence", "play"])
      reader.update(player: playerState())
      #expect(told(press(characters[1])) == ["select 1 through silence"])
      #expect(told(press(characters[2])) == ["select \(secret) through silence"])
    }
    #expect(told(type(" ")) == ["pause"])
    reader.update(player: playerState(isPlaying: false))
    #expect(told(type(" ")) == ["select \(secret) through silence", "play"])
    #expect(told(press(.left, .right)) == ["seek", "seek"])
    #expect(told(type("-")) == ["volume"])
  }

  @Test("The screen is the same whatever X is")
  mutating func secret() {
    var screens: [String] = []
    for isHeads in [true, false] {
      reader = SampleLesson.reader()
      reader.generator = Coin(isHeads: isHeads)
      _ = start()
      for key in "axbx" {
        press(.character(key))
        let selected = key == "a" || key == "x" && x == .a ? 0 : 1
        reader.update(player: playerState(selected: selected))
        screens.append(reader.draw().text)
      }
    }
    #expect(screens[..<4] == screens[4...])
  }

  @Test("An answer takes a choice and Enter, after X was heard")
  mutating func answering() {
    _ = start()
    #expect(press(.enter).isEmpty)
    #expect(reader.notice == "first choose: ↑ says that X is A, ↓ that it is B; then Enter")
    press(.down)
    #expect(reader.draw().text.contains("Your answer: X is B, filtered. ⏎ confirms it."))
    press(.enter)
    #expect(reader.notice == "listen to X first: the key x plays it")
    #expect(reader.state.blindTest?.test.round == 1)
    type("x")
    press(.up)
    #expect(reader.draw().text.contains("Your answer: X is A, original. ⏎ confirms it."))
    #expect(told(press(.enter)) == ["pause"])
    let screen = reader.draw().text
    #expect(screen.contains("round 2 of 10"))
    #expect(screen.contains("Your answer: none yet."))
    #expect(!screen.contains(" of 10 right"), "no verdict between the rounds")
  }

  @Test("Other keys change nothing, and say so")
  mutating func otherKeys() {
    _ = start()
    for key in [Key.tab, .pageDown, .character("n"), .character("q"), .character("t")] {
      #expect(press(key).isEmpty)
      #expect(reader.notice?.hasPrefix("only the keys of the blind test work now") == true)
      #expect(reader.contexts == [.blindTest])
    }
    type("?")
    #expect(reader.draw().text.contains("These keys work now, in a blind test."))
    press(.escape)
    #expect(reader.contexts == [.blindTest])
  }

  // MARK: The result

  @Test("After ten rounds the result is there, and the player as it was")
  mutating func result() {
    focusPlayer()
    type("2")
    reader.update(player: playerState(selected: 1))
    type("x")
    var actions: [Action] = []
    for number in 1...10 { actions = round(number == 3 ? wrongKey : rightKey) }
    #expect(
      told(actions) == ["load original, filtered", "pause", "select 1", "no loop"])
    #expect(reader.contexts == [.blindResult])
    let screen = reader.draw().text
    #expect(
      screen.contains("9 of 10 right. By guessing alone, that or better happens 1 time in 93."))
    #expect(screen.contains("You hear a difference."))
    #expect(screen.contains("Your wrong answer was in round 3."))
    press(.enter, .up, .enter)
    #expect(reader.contexts == [.blindResult], "a key too many does not close it")
    type("x")
    #expect(reader.draw().text.contains("round 1 of 10"))
    press(.escape)
    #expect(reader.state.blindTest == nil)
    #expect(reader.state.focus == SampleLesson.player)
  }

  @Test("Esc closes the result without a word")
  mutating func closing() {
    _ = start()
    for _ in 0..<10 { round(rightKey) }
    #expect(press(.escape).isEmpty)
    #expect(reader.notice == nil)
    #expect(reader.contexts.first == .player)
  }

  // MARK: Ending early

  @Test("Esc ends the test and says how far it was")
  mutating func escape() {
    _ = start()
    for _ in 0..<3 { round(rightKey) }
    #expect(
      told(press(.escape)) == ["load original, filtered", "pause", "select 0", "no loop"])
    #expect(
      reader.notice
        == "the blind test is over after 3 of 10 rounds. It has no result: whoever may stop at any "
        + "time can stop when luck is good")
    #expect(reader.contexts.first == .player)
  }

  @Test("Leaving the page ends the test")
  mutating func leaving() {
    _ = start()
    round(.up)
    _ = reader.show(page: 1)
    #expect(
      reader.notice
        == "the blind test is over after 1 of 10 rounds, because you left its page; it has no result"
    )
    #expect(reader.state.blindTest == nil)
  }

  @Test("Another sound under the test ends it")
  mutating func changedSound() {
    _ = start()
    let actions = reader.update(snapshot: SampleLesson.snapshot(revision: 2))
    #expect(told(actions) == ["load original, filtered", "pause", "select 0", "no loop"])
    #expect(
      reader.notice
        == "the blind test is over after 0 of 10 rounds, because its sounds have changed; it has no "
        + "result")
    #expect(reader.state.blindTest == nil)
  }

  @Test("Another text of the lesson ends it")
  mutating func reloading() {
    _ = start()
    _ = reader.replace(lesson: SampleLesson.lesson)
    #expect(reader.notice?.contains("because the lesson has changed") == true)
    #expect(reader.state.blindTest == nil)
  }

  // MARK: What it needs

  @Test("Where nothing is heard there is no test, and the reason is said")
  mutating func silence() {
    _ = start()
    type("a")
    let actions = reader.update(player: playerState(output: .silent("no card")))
    #expect(told(actions).first == "load original, filtered")
    #expect(
      reader.notice == "a blind test is for the ears, and there is no sound: no card")
    #expect(reader.state.blindTest == nil)
    #expect(type("x").isEmpty)
    #expect(
      reader.notice == "a blind test is for the ears, and there is no sound: no card")
    #expect(reader.state.blindTest == nil)
  }

  @Test("The device is opened before anything is played, so that the reason comes at once")
  mutating func silenceBeforeTheFirstKey() {
    #expect(told(start()).last == "open")
    #expect(reader.isAnimating, "nobody would look at the player")
    #expect(reader.update(player: playerState(isPlaying: false, output: .notOpened)).isEmpty)
    #expect(reader.state.blindTest != nil)
    let actions = reader.update(
      player: playerState(isPlaying: false, output: .silent("no card")))
    #expect(told(actions).first == "load original, filtered")
    #expect(reader.state.blindTest == nil && !reader.isAnimating)
    #expect(
      reader.notice == "a blind test is for the ears, and there is no sound: no card")
  }

  @Test("A card that is lost in a later round ends the test with how far it was")
  mutating func lostCard() {
    _ = start()
    reader.update(player: playerState())
    round(rightKey)
    _ = reader.update(player: playerState(output: .silent("it is gone")))
    #expect(
      reader.notice
        == "the blind test is over after 1 of 10 rounds, because there is no sound (it is gone); it "
        + "has no result")
  }

  @Test("With sound off, x says how to switch it on")
  mutating func soundOff() {
    focusPlayer()
    type("o")
    press(.end, .up, .right, .escape)
    #expect(!reader.appearance.hasSound)
    type("x")
    #expect(
      reader.notice == "a blind test is for the ears, and sound is off: o switches it on")
  }

  private func snapshot(_ tracks: [Track]) -> Snapshot {
    var snapshot = SampleLesson.snapshot(revision: 2)
    snapshot.cells["listen"] = CellResult(
      state: .succeeded, outputs: tracks.map(Output.track), revision: 2)
    return snapshot
  }

  private func track(_ label: String, samples: [Float] = [0.5, 0, -0.5, 0]) -> Track {
    Track(samples: samples, sampleRate: 8000, label: label)
  }

  @Test("One sound is not enough, and an empty one cannot be tested")
  mutating func unsuited() {
    _ = reader.update(snapshot: snapshot([track("alone")]))
    _ = start()
    #expect(
      reader.notice == "a blind test compares two sounds, and this player has only one")
    reader = SampleLesson.reader()
    _ = reader.update(snapshot: snapshot([track("full"), track("empty", samples: [])]))
    _ = start()
    #expect(
      reader.notice
        == "no blind test: 'empty' cannot be played, because the track has no samples")
  }

  @Test("Of three sounds, the two that were selected last are tested, else this one and the next")
  mutating func threeSounds() {
    let three = snapshot(["one", "two", "three"].map { track($0) })
    _ = reader.update(snapshot: three)
    #expect(told(start()).contains("load one, two"))
    press(.escape)
    type("2")
    reader.update(player: playerState(selected: 1))
    type("3")
    reader.update(player: playerState(selected: 2))
    #expect(told(type("x")).contains("load two, three"))
    #expect(reader.draw().text.contains("A  two"))
    press(.escape)
    reader.update(player: playerState(selected: 2))
    type("1")
    reader.update(player: playerState(selected: 0))
    #expect(told(type("x")).contains("load one, three"))
  }
}
