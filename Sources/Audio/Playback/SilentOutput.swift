/// No device: sound is thrown away at the pace at which it would be heard, so that the playhead
/// moves.
package final class SilentOutput: Output {
  package let description: OutputDescription
  package let sampleRate: Int
  private var pacer: Pacer

  package init(sampleRate: Int, reason: String) {
    description = .silent(reason)
    self.sampleRate = sampleRate
    pacer = Pacer(sampleRate: sampleRate, bufferFrames: sampleRate / 20)
  }

  package var delay: Int { pacer.lead }

  package func write(_ samples: UnsafeBufferPointer<Int16>) throws(LostOutput) {
    _ = pacer.waitForRoom()
    pacer.wrote(samples.count / 2)
  }

  package func close() {}
}
