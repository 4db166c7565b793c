import Sounds

/// Discards sound in real time, so that the playhead moves without a device.
package final class SilentOutput: SoundOutput {
  package let description: SoundDestination
  package let sampleRate: Int
  private var pacer: Pacer

  package init(sampleRate: Int, reason: String) {
    description = .silent(reason)
    self.sampleRate = sampleRate
    pacer = Pacer(sampleRate: sampleRate, bufferFrames: sampleRate / 20)
  }

  package var delay: Int { pacer.lead }

  package func write(_ samples: UnsafeBufferPointer<Int16>) throws(OutputLostError) {
    _ = pacer.waitForRoom()
    pacer.wrote(samples.count / 2)
  }

  package func close() {}
}
