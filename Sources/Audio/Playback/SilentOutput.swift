/// No device: sound is thrown away at the pace at which it would be heard, so that the playhead
/// moves.
final class SilentOutput: Output {
  let description: OutputDescription
  let sampleRate: Int
  private var pacer: Pacer

  init(sampleRate: Int, reason: String) {
    description = .silent(reason)
    self.sampleRate = sampleRate
    pacer = Pacer(sampleRate: sampleRate, bufferFrames: sampleRate / 20)
  }

  var delay: Int { pacer.lead }

  func write(_ samples: UnsafeBufferPointer<Int16>) throws(LostOutput) {
    _ = pacer.waitForRoom()
    pacer.wrote(samples.count / 2)
  }

  func close() {}
}
