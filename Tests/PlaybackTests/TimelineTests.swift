import Playback
import Testing

@Suite struct TimelineTests {
  @Test func tellsWhatIsHeardThroughSeekPauseAndLoop() {
    var timeline = Timeline()
    #expect(timeline.frame(heard: 0) == nil)
    timeline.append(written: 0, frame: 100, count: 10, loopLength: 0)
    timeline.append(written: 10, frame: 500, count: 10, loopLength: 0)  // a seek
    timeline.append(written: 20, frame: 510, count: 0, loopLength: 0)  // a pause
    timeline.append(written: 30, frame: 15, count: 10, loopLength: 20)  // a loop
    #expect(timeline.frame(heard: -5) == 100)
    #expect([0, 9, 10, 19].map { timeline.frame(heard: $0) } == [100, 109, 500, 509])
    #expect([20, 29].map { timeline.frame(heard: $0) } == [510, 510])
    #expect([30, 34, 35, 40, 99].map { timeline.frame(heard: $0) } == [15, 19, 0, 5, 5])
    timeline.discard(before: 15)
    #expect([0, 15].map { timeline.frame(heard: $0) } == [500, 505])
  }
}
