import CUDA
import Compute
import Concurrency
import DeviceSuite
import Messages

/// Every operator once, and how fast those are that read much and compute little.
struct OperatorCheck {
  private let card: CUDADevice
  private let workload: Workload
  private let report: Report

  init(_ card: CUDADevice, _ workload: Workload, _ report: Report) {
    (self.card, self.workload, self.report) = (card, workload, report)
  }

  /// - Throws: when the card fails.
  func run() throws {
    let start = Clock.now()
    _ = try card.perform(.unary(.negative), [.array(try card.moving(NDArray([1.0])))])
    report.say("  the driver took \(Report.duration(Clock.now() - start)) for the first kernel")
    for type in [ElementType.float32, .float64] { try compareCases(type) }
    report.beginTable(["operator", "kernel", "with the call", "GB/s", "of the memory's bandwidth"])
    try timeConvolutions()
    try timeElements()
  }

  private func compareCases(_ type: ElementType) throws {
    let cases = try OperatorCase.all(type)
    for example in cases {
      let name = "\(example.operation) of \(example.operands.map(\.shape)), \(type.rawValue)"
      try report.naming(name) {
        if !(try example.agrees(on: card)) { report.fault("the bits of \(name) differ") }
      }
    }
    report.say("  \(cases.count) cases in \(type.rawValue) compared")
  }

  private func signal() -> NDArray {
    NDArray(
      shape: [1, 1, workload.samples],
      values: (0..<workload.samples).map { Float(($0 * 7919) % 1000) / 1000 - 0.5 })
  }

  private func timeConvolutions() throws {
    let x = signal()
    for taps in [3, 11, 101] {
      let w = NDArray(shape: [1, 1, taps], values: (0..<taps).map { 1 / Float($0 + 1) })
      try time("conv1d, \(taps) taps", .conv1d(ConvolutionParameters()), [x, w], arrays: 2)
    }
  }

  private func timeElements() throws {
    let x = signal()
    try time("x + x", .binary(.add), [x, x], arrays: 2)
    try time("exp", .function(.exp), [x], arrays: 2)
    try time("sum", .reduction(.sum, axes: nil, keepingAxes: false), [x], arrays: 1)
  }

  /// Compares an operator of long signals with the CPU's, and times it.
  ///
  /// - Parameter arrays: of the signals' length, which it reads and writes.
  private func time(
    _ name: String, _ operation: TensorOperation, _ operands: [NDArray], arrays: Int
  ) throws {
    let name = "\(name), \(Quantity(workload.samples)) samples"
    try report.naming(name) { try time(name: name, operation, operands, arrays: arrays) }
  }

  private func time(
    name: String, _ operation: TensorOperation, _ operands: [NDArray], arrays: Int
  ) throws {
    let onCard = try operands.map { Operand.array(try card.moving($0)) }
    let result = try card.perform(operation, onCard).fetched()
    if !result.isIdentical(to: try Devices.cpu.perform(operation, operands.map { .array($0) })) {
      report.fault("the bits of \(name) differ")
    }
    guard
      let kernel = try card.secondsOfKernel(
        operation, onCard, launches: workload.launches, limit: Workload.secondsOfKernel)
    else { return report.fault("\(name): nothing was measured") }
    var call = Double.infinity
    let end = Clock.now() + Workload.secondsOfKernel
    repeat {
      let start = Clock.now()
      _ = try card.perform(operation, onCard)
      call = min(call, Clock.now() - start)
    } while Clock.now() < end
    let speed = Double(arrays * 4 * workload.samples) / kernel
    report.say("  \(name): \(Report.duration(kernel))")
    report.addRow([
      name, Report.duration(kernel), Report.duration(call),
      readable(speed / 1e9, digits: 3),
      card.memoryBandwidth.map { "\(readable(100 * speed / $0, digits: 2)) %" } ?? "",
    ])
  }
}
