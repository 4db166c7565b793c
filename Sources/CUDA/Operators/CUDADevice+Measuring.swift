import CCUDADriver
import Compute
import Messages

extension CUDADevice {
  /// The seconds that the kernel of an operation takes by the card's own clock: the mean of many launches
  /// in a row. Nil for what the card does not compute, or a driver without clocks.
  ///
  /// - Parameter operands: on the card.
  package func secondsOfKernel(
    _ operation: TensorOperation, _ operands: [Operand], launches: Int
  ) throws(Diagnostic) -> Double? {
    guard let operation = try CardOperation(operation, operands) else { return nil }
    return try use { (opened) throws(CUDAFailure) in
      let inputs = try operation.inputs(on: opened)
      let memory = try opened.card.allocate(operation.byteCount)
      guard let start = try Event(opened.stream), let end = try Event(opened.stream) else {
        return nil
      }
      // The first launch compiles the kernel.
      try operation.launch(inputs, into: memory, on: opened)
      try start.record()
      for _ in 0..<launches { try operation.launch(inputs, into: memory, on: opened) }
      try end.record()
      return try end.seconds(since: start) / Double(launches)
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
