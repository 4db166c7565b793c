import SoundFiles
import Testing
import footsteps

/// The lesson's recording: what its pages say about it, and that our program generates it.
@Suite struct RecordingTests {
  static let package = #filePath.components(droppingLast: 3)

  @Test func theRecordingIsWhatTheLessonSays() throws {
    let sound = try SoundFile.read("\(Self.package)/audio/foot_steps.wav")
    #expect(sound.channelCount == 2)
    #expect(sound.sampleRate == 44_100)
    #expect((6.0...10).contains(Double(sound.frameCount) / sound.sampleRate))
    guard case .int16(let frames) = sound.samples else {
      Issue.record("not 16 bit")
      return
    }
    let left = stride(from: 0, to: frames.count, by: 2).map { Int(frames[$0]) }
    #expect(left.min() == -32768, "page 2 needs the one value without a magnitude")
    #expect(left.max()! < 32767)
    let quiet = left[..<7000].map(abs).max()!
    #expect(left[7000..<9000].map(abs).max()! > 50 * quiet, "a step within samples 7000 to 9000")
  }

  /// Sine and logarithm may differ by an ulp between systems, which moves a sample by one at most.
  @Test func theProgramMakesTheRecording() throws {
    let committed = try SoundFile.read("\(Self.package)/audio/foot_steps.wav")
    let made = Recording(seed: Recording.seed).interleaved
    guard case .int16(let frames) = committed.samples else {
      Issue.record("not 16 bit")
      return
    }
    #expect(made.count == frames.count)
    #expect(zip(made, frames).allSatisfy { abs(Int($0) - Int($1)) <= 1 })
  }
}

extension String {
  fileprivate func components(droppingLast count: Int) -> String {
    split(separator: "/", omittingEmptySubsequences: false).dropLast(count).joined(separator: "/")
  }
}
