import CUDA
import Compute
import Concurrency
import DeviceSuite
import Messages

/// Every operator once, and how fast those are that read much and compute little.
struct OperatorCheck {
  private let card: CUDADevice

  init(_ card: CUDADevice) { self.card = card }

  /// - Returns: whether all bits are the CPU's.
  func run() throws -> Bool {
    say("\nOperators")
    var isGood = true
    for type in [ElementType.float32, .float64] {
      let cases = try OperatorCase.all(type)
      for example in cases where !(try example.agrees(on: card)) {
        isGood = false
        say("  differs: \(example.operation) of \(example.operands.map(\.shape)), \(type.rawValue)")
      }
      say("  \(cases.count) cases in \(type.rawValue)")
    }
    isGood = try timeConvolution() && isGood
    try timeElements()
    return isGood
  }

  private static let sampleCount = 10_000_000

  private func signal() throws -> NDArray {
    NDArray(
      shape: [1, 1, Self.sampleCount],
      values: (0..<Self.sampleCount).map { Float(($0 * 7919) % 1000) / 1000 - 0.5 })
  }

  /// conv1d of ten million samples.
  private func timeConvolution() throws -> Bool {
    var isGood = true
    let x = try signal()
    for taps in [3, 11, 101] {
      let w = NDArray(shape: [1, 1, taps], values: (0..<taps).map { 1 / Float($0 + 1) })
      let operation = TensorOperation.conv1d(ConvolutionParameters())
      let operands = [x, w].map { Operand.array($0) }
      let onCard = try [x, w].map { Operand.array(try card.moving($0)) }
      let result = try card.perform(operation, onCard).fetched()
      if !result.isIdentical(to: try Devices.cpu.perform(operation, operands)) {
        isGood = false
        say("  conv1d of \(Self.sampleCount) samples differs")
      }
      try time("conv1d of 10^7 samples, \(taps) taps", operation, onCard, bytes: 8e7)
    }
    return isGood
  }

  private func timeElements() throws {
    let x = Operand.array(try card.moving(try signal()))
    try time("x + x of 10^7 numbers", .binary(.add), [x, x], bytes: 12e7)
    try time("exp of 10^7 numbers", .function(.exp), [x], bytes: 8e7)
    try time(
      "sum of 10^7 numbers", .reduction(.sum, axes: nil, keepingAxes: false), [x], bytes: 4e7)
  }

  private func time(
    _ name: String, _ operation: TensorOperation, _ operands: [Operand], bytes: Double
  ) throws {
    guard let kernel = try card.secondsOfKernel(operation, operands, launches: 50) else { return }
    var call = Double.infinity
    for _ in 0..<10 {
      let start = Clock.now()
      _ = try card.perform(operation, operands)
      call = min(call, Clock.now() - start)
    }
    say(
      "  \(name): kernel \(Quantity(seconds: kernel)), "
        + "\(Int((bytes / kernel / 1e9).rounded())) GB/s; with the call \(Quantity(seconds: call))")
  }
}
