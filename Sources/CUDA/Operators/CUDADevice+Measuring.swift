import CCUDADriver
import Compute
import Messages

extension CUDADevice {
  /// How many bytes the card's memory moves in a second, by its clock and its width; nil when the driver
  /// does not tell.
  package var memoryBandwidth: Double? { try? use { $0.card.memoryBandwidth } }

  /// The seconds that the kernel of an operation takes by the card's own clock: the mean of many launches
  /// in a row. Nil for what the card does not compute, or a driver without clocks.
  ///
  /// - Parameters:
  ///   - operands: on the card.
  ///   - launches: the most.
  ///   - limit: so many seconds at most, but at least one launch.
  package func secondsOfKernel(
    _ operation: TensorOperation, _ operands: [Operand], launches: Int, limit: Double
  ) throws(Diagnostic) -> Double? {
    guard let operation = try CardOperation(operation, operands) else { return nil }
    return try use { (opened) throws(CUDAFailure) in
      let inputs = try operation.inputs(on: opened)
      let memory = try opened.card.allocate(operation.byteCount)
      guard let start = try Event(opened.stream), let end = try Event(opened.stream) else {
        return nil
      }
      func seconds(ofLaunches count: Int) throws(CUDAFailure) -> Double {
        try start.record()
        for _ in 0..<count { try operation.launch(inputs, into: memory, on: opened) }
        try end.record()
        return try end.seconds(since: start)
      }
      // The first launch compiles the kernel, the second one tells how many there is time for.
      _ = try seconds(ofLaunches: 1)
      let one = max(try seconds(ofLaunches: 1), 1e-6)
      let count = max(1, min(launches, Int(min(limit / one, 1e6))))
      return try seconds(ofLaunches: count) / Double(count)
    }
  }
}

/// A mark in a stream, with the time at which the card came to it.
private final class Event {
  private let stream: Stream
  private let handle: etude_cuda_event

  /// Nil when the driver has none.
  init?(_ stream: Stream) throws(CUDAFailure) {
    self.stream = stream
    let calls = stream.card.driver.calls
    guard let create = calls.createEvent, calls.recordEvent != nil, calls.elapsedTime != nil,
      calls.synchronizeEvent != nil, calls.destroyEvent != nil
    else { return nil }
    var handle: etude_cuda_event?
    try stream.card.check { _ in create(&handle, 0) }
    guard let handle else { return nil }
    self.handle = handle
  }

  deinit { try? stream.card.check { $0.destroyEvent(handle) } }

  func record() throws(CUDAFailure) {
    try stream.card.check { $0.recordEvent(handle, stream.handle) }
  }

  func seconds(since start: Event) throws(CUDAFailure) -> Double {
    var milliseconds: Float = 0
    try stream.card.check { $0.synchronizeEvent(handle) }
    try stream.card.check { $0.elapsedTime(&milliseconds, start.handle, handle) }
    return Double(milliseconds) / 1000
  }
}
