import Playback
import Testing

@Suite struct PlaybackDeviceTests {
  @Test func listsWhatAnswersOrSaysWhyNothingDoes() {
    do {
      let devices = try PlaybackDevice.all()
      #expect(!devices.isEmpty)
      #expect(devices.allSatisfy { !$0.name.isEmpty && !$0.description.contains("\n") })
    } catch {
      #expect(error.description.contains("sound"))
    }
  }
}
