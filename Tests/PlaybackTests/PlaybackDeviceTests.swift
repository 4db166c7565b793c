import Playback
import Testing

@Suite struct PlaybackDeviceTests {
  @Test func listsWhatAnswers() {
    let devices = PlaybackDevice.all()
    #expect(devices.allSatisfy { !$0.name.isEmpty && !$0.description.contains("\n") })
  }
}
