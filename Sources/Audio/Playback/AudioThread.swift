import Glibc

/// The thread that renders and writes. It does nothing else, so that the device is never starved.
struct AudioThread: Sendable {
  let playback: Monitor<Playback>
  let open: @Sendable (Int) -> any Output

  /// Returns whether the system gave a thread.
  func start() -> Bool {
    var thread = pthread_t()
    let box = Unmanaged.passRetained(Box(thread: self))
    let code = pthread_create(
      &thread, nil,
      { argument in
        guard let argument else { return nil }
        Unmanaged<Box>.fromOpaque(argument).takeRetainedValue().thread.run()
        return nil
      }, box.toOpaque())
    guard code == 0 else {
      box.release()
      return false
    }
    pthread_detach(thread)
    return true
  }

  private final class Box: Sendable {
    let thread: AudioThread

    init(thread: AudioThread) { self.thread = thread }
  }

  private func run() {
    var output: (any Output)?
    var period: [Int16] = []
    while true {
      switch playback.wait({ $0.nextStep(period: &period) }) {
      case .open(let sampleRate):
        output?.close()
        let opened = open(sampleRate)
        output = opened
        playback.withLock {
          $0.opened(opened.description, sampleRate: opened.sampleRate, askedFor: sampleRate)
        }
      case .write:
        guard let current = output else { continue }
        let working = write(period, to: current)
        output = working
        playback.withLock {
          $0.wrote(
            frames: period.count / 2, delay: working.delay, description: working.description)
        }
      case .close:
        output?.close()
        output = nil
        playback.withLock { $0.closed() }
      case .end:
        return
      }
    }
  }

  /// Writes a period. A device that is lost is replaced by silence, which keeps time.
  private func write(_ period: [Int16], to output: any Output) -> any Output {
    do throws(LostOutput) {
      try period.withUnsafeBufferPointer { (samples) throws(LostOutput) in
        try output.write(samples)
      }
      return output
    } catch {
      output.close()
      return SilentOutput(sampleRate: output.sampleRate, reason: error.reason)
    }
  }
}
