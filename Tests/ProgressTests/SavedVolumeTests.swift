import Progress
import TemporaryState
import Testing

@Suite("The kept volume")
struct SavedVolumeTests {
  private let state = StateFolder()

  @Test("It is 0 dB at first, and then what was kept")
  func roundTrip() {
    #expect(SavedVolume.read(environment: state.environment) == 0)
    state.store().finish()
    SavedVolume.write(-12, environment: state.environment)
    #expect(SavedVolume.read(environment: state.environment) == -12)
  }

  @Test(
    "What makes no sense counts as 0 dB", arguments: ["", "loud", "12", "-400", "nan", "-3 -3x"])
  func nonsense(text: String) {
    state.store().finish()
    state.put(text.utf8, at: "\(state.path)/etude/.volume")
    #expect(SavedVolume.read(environment: state.environment) == 0)
  }
}
