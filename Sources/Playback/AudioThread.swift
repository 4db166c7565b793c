import Concurrency
import Glibc

/// The thread that renders and writes. It does nothing else, so that the device never underruns.
struct AudioThread: Sendable {
  let playback: Monitor<Playback>
  let open: @Sendable (Int) -> any SoundOutput

  /// Returns whether the thread could be created.
  func start() -> Bool {
    guard let thread = WorkerThread({ run() }) else { return false }
    thread.detach()
    return true
  }

  private func run() {
    var output: (any SoundOutput)?
    var period: [Int16] = []
    while true {
      let step = playback.wait { playback in
        playback.nextStep(period: &period).map { .found($0) } ?? .retry()
      }
      switch step {
      case .open(let sampleRate):
        output?.close()
        let opened = open(sampleRate)
        output = opened
        playback.change {
          $0.opened(opened.description, sampleRate: opened.sampleRate, requestedRate: sampleRate)
        }
      case .write:
        guard let current = output else { continue }
        let working = write(period, to: current)
        output = working
        playback.change {
          $0.wrote(
            frames: period.count / 2, delay: working.delay, description: working.description)
        }
      case .close:
        output?.close()
        output = nil
        playback.change { $0.closed() }
      case .end:
        return
      }
    }
  }

  /// Writes a period. A lost device is replaced by a silent output, which keeps time.
  private func write(_ period: [Int16], to output: any SoundOutput) -> any SoundOutput {
    do throws(OutputLostError) {
      try period.withUnsafeBufferPointer { (samples) throws(OutputLostError) in
        try output.write(samples)
      }
      return output
    } catch {
      output.close()
      return SilentOutput(sampleRate: output.sampleRate, reason: error.reason)
    }
  }
}
