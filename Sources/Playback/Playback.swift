import Concurrency
import Glibc
import Sounds

/// The state shared by the player and the audio thread.
struct Playback: Sendable {
  enum Step {
    case open(sampleRate: Int)
    /// Write the period that has been rendered.
    case write
    case close
    case end
  }

  private(set) var mixer = Mixer()
  var hasThread = false
  private let lingerSeconds: Double
  private var timeline = Timeline()
  private var output = SoundDestination.notOpened
  /// The rate requested when the output was opened; nil while none is open.
  private var requestedRate: Int?
  private var written = 0
  private var delay = 0
  /// The number of consecutive silent frames written most recently.
  private var silentFrames = 0
  /// The value of `written` at the end of the track; nil unless the end has been rendered.
  private var end: Int?
  /// Whether the output is to be opened although nothing plays.
  private var isOpening = false
  private var isStopping = false
  private var isShuttingDown = false
  /// When the audio thread began what it is doing, on ``Clock``; nil while it waits.
  private var stepStart: Double?

  /// A step of the audio thread takes milliseconds. Opening gives up by itself before this.
  private static let secondsOfPatience = 6.0

  init(lingerSeconds: Double) { self.lingerSeconds = lingerSeconds }

  // MARK: The player's side

  mutating func change(_ body: (inout Mixer) -> Void) {
    body(&mixer)
    end = nil
    if mixer.isPlaying { isStopping = false }
  }

  mutating func open() {
    isOpening = true
    isStopping = false
  }

  mutating func stop() {
    isOpening = false
    change { mixer in
      mixer.pause()
      mixer.seek(to: 0)
    }
    isStopping = true
  }

  mutating func threadFailed() {
    change { $0.pause() }
    hasThread = false
    output = .silent("no thread could be started for playback; close other programs and try again")
  }

  var isOpen: Bool { requestedRate != nil }

  mutating func shutDown() {
    stop()
    isShuttingDown = true
  }

  var state: PlayerState {
    let isEnding = end.map { written - delay < $0 } ?? false
    let isPlaying = mixer.isPlaying || isEnding
    let heard = isPlaying ? timeline.frame(heard: written - delay) : nil
    let tracks = mixer.sources.enumerated().map { index, source in
      PlayerState.TrackState(
        label: source.label, duration: source.duration,
        gainInDecibels: 20 * log10(mixer.gain(ofTrack: index)), problem: source.problem)
    }
    let isStuck = stepStart.map { Clock.now() - $0 > Self.secondsOfPatience } ?? false
    var state = PlayerState(
      tracks: tracks, selected: mixer.selected, isPlaying: isPlaying, position: 0,
      isLooping: mixer.isLooping, isMatchingLoudness: mixer.isMatchingLoudness,
      output: isStuck ? .silent("the sound device does not answer") : output)
    state.volumeInDecibels = 20 * log10(mixer.volume)
    state.position = min(
      Double(heard ?? mixer.frame) / Double(mixer.outputRate), state.duration)
    return state
  }

  // MARK: The audio thread's side

  /// What to do next; nil to wait for a change. For `.write`, `period` holds the samples, 10 ms long.
  mutating func nextStep(period: inout [Int16]) -> Step? {
    let step = findNextStep(period: &period)
    stepStart = step == nil ? nil : Clock.now()
    return step
  }

  private mutating func findNextStep(period: inout [Int16]) -> Step? {
    guard let requestedRate else {
      if isShuttingDown { return .end }
      return mixer.isPlaying || isOpening ? .open(sampleRate: mixer.preferredRate) : nil
    }
    if mixer.isSilent {
      if mixer.isPlaying {
        // From silence, switching rates is inaudible and avoids resampling.
        if requestedRate != mixer.preferredRate { return .open(sampleRate: mixer.preferredRate) }
      } else if silentFrames - delay >= silenceBeforeClosing {
        return .close
      }
    }
    render(into: &period)
    return .write
  }

  mutating func opened(_ description: SoundDestination, sampleRate: Int, requestedRate: Int) {
    output = description
    isOpening = false
    self.requestedRate = requestedRate
    mixer.setOutputRate(sampleRate)
    (written, delay, silentFrames, end) = (0, 0, 0, nil)
    timeline.removeAll()
  }

  mutating func wrote(frames: Int, delay: Int, description: SoundDestination) {
    written += frames
    self.delay = max(0, delay)
    output = description
    timeline.discard(before: written - self.delay)
  }

  mutating func closed() {
    requestedRate = nil
    isStopping = false
    end = nil
    timeline.removeAll()
  }

  /// In frames heard. At least a twentieth of a second, so that a device that underreports its delay
  /// still plays the sound to its end.
  private var silenceBeforeClosing: Int {
    let seconds = isStopping ? 0.05 : max(0.05, lingerSeconds)
    return Int(seconds * Double(mixer.outputRate))
  }

  private mutating func render(into period: inout [Int16]) {
    let count = max(16, mixer.outputRate / 100)
    if period.count != 2 * count { period = [Int16](repeating: 0, count: 2 * count) }
    let frame = mixer.frame
    let wasPlaying = mixer.isPlaying
    let wasSilent = mixer.isSilent
    period.withUnsafeMutableBufferPointer { mixer.render(into: $0) }

    let played = wasPlaying ? min(count, mixer.isLooping ? count : mixer.frameCount - frame) : 0
    timeline.append(
      written: written, frame: frame, count: played,
      loopLength: mixer.isLooping ? mixer.frameCount : 0)
    if wasPlaying, !mixer.isPlaying { end = written + played }
    silentFrames = wasPlaying || !wasSilent ? 0 : silentFrames + count
  }
}
