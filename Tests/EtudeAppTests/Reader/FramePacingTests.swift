import EtudeApp
import Testing

@Suite struct FramePacingTests {
  @Test("After a pause three frames follow each other at once, then 30 a second")
  func pacing() {
    var pacing = FramePacing()
    #expect(pacing.nextTime <= 0)
    pacing.note(at: 1000)
    #expect(pacing.nextTime <= 1000)
    pacing.note(at: 1005)
    #expect(pacing.nextTime <= 1005)
    pacing.note(at: 1012)
    #expect(pacing.nextTime == 1045)
    pacing.note(at: 1045)
    #expect(pacing.nextTime == 1078)
    // A pause of three frames allows three at once again.
    pacing.note(at: 1180)
    #expect(pacing.nextTime <= 1180)
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
