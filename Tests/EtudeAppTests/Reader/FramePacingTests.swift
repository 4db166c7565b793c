import EtudeApp
import Testing

@Suite struct FramePacingTests {
  @Test("After a pause two frames follow each other at once, then 30 a second")
  func pacing() {
    var pacing = FramePacing()
    #expect(pacing.nextTime <= 0)
    pacing.note(at: 1000)
    #expect(pacing.nextTime <= 1000)
    pacing.note(at: 1005)
    #expect(pacing.nextTime == 1038)
    pacing.note(at: 1038)
    #expect(pacing.nextTime == 1071)
    // A pause of two frames allows two at once again.
    pacing.note(at: 1137)
    #expect(pacing.nextTime <= 1137)
  }

  @Test("Animations and training are drawn 30 times a second")
  func continuous() {
    var pacing = FramePacing()
    var (time, count) = (0, 0)
    while time < 10_000 {
      time = max(time, pacing.nextTime)
      pacing.note(at: time)
      count += 1
      time += 1
    }
    #expect((295...310).contains(count))
  }
}
