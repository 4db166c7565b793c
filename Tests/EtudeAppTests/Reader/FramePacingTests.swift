import EtudeApp
import Testing

@Suite struct FramePacingTests {
  @Test("After a pause four frames follow each other at once, then 30 a second")
  func pacing() {
    var pacing = FramePacing()
    #expect(pacing.nextTime(hasKey: false) <= 0)
    pacing.note(at: 1000, hasKey: true)
    #expect(pacing.nextTime(hasKey: false) <= 1000)
    pacing.note(at: 1005, hasKey: false)
    #expect(pacing.nextTime(hasKey: false) <= 1005)
    pacing.note(at: 1012, hasKey: false)
    #expect(pacing.nextTime(hasKey: false) <= 1012)
    pacing.note(at: 1015, hasKey: false)
    #expect(pacing.nextTime(hasKey: false) == 1048)
    pacing.note(at: 1048, hasKey: false)
    #expect(pacing.nextTime(hasKey: false) == 1081)
    // A pause of four frames allows four at once again.
    pacing.note(at: 1220, hasKey: false)
    #expect(pacing.nextTime(hasKey: false) <= 1220)
  }

  @Test("Animations and training are drawn 30 times a second, and so is a key that is held down")
  func continuous() {
    for hasKey in [false, true] {
      var pacing = FramePacing()
      var (time, count) = (0, 0)
      while time < 10_000 {
        time = max(time, pacing.nextTime(hasKey: hasKey))
        pacing.note(at: time, hasKey: hasKey)
        count += 1
        time += 1
      }
      #expect((295...310).contains(count))
    }
  }

  @Test("A key does not wait for a frame of the training")
  func keyWhileTraining() {
    var pacing = FramePacing()
    for frame in 0..<30 { pacing.note(at: 33 * frame, hasKey: false) }
    let last = 33 * 29
    #expect(pacing.nextTime(hasKey: false) == last + 33)
    #expect(pacing.nextTime(hasKey: true) <= last)
    pacing.note(at: last + 2, hasKey: true)
    #expect(pacing.nextTime(hasKey: false) > last + 2)
  }
}
