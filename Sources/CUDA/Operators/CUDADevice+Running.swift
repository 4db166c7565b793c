import Compute
import Concurrency
import Messages

extension CUDADevice {
  /// Runs a kernel that makes an array, and waits for it: so a failure is told where it happens, and
  /// `timeit` measures the work.
  ///
  /// - Parameters:
  ///   - name: without the type of its elements.
  ///   - type: float32 or float64, which all inputs have.
  ///   - result: the output's type, if it is another one.
  ///   - argument: from the inputs' addresses, nil for those that are not there, and the output's.
  /// - Returns: nil when there is nothing to compute.
  func run<Argument>(
    _ name: String, _ type: ElementType, _ inputs: [NDArray?], shape: [Int],
    result: ElementType? = nil, _ argument: ([UInt64?], UInt64) -> Argument
  ) throws(Diagnostic) -> NDArray? {
    let result = result ?? type
    let count = try NDArray.checkedCount(shape: shape, type: result)
    guard count > 0, inputs.allSatisfy({ $0 == nil || $0!.count > 0 }) else { return nil }
    // Where it is read, it needs the processor's memory, too.
    try Budget.reserve(
      Double(count * result.byteCount), for: "an array of \(count) elements")
    return try use { (opened) throws(CUDAFailure) in
      // Kept until the kernel is done.
      var arrays: [CardElements?] = []
      for input in inputs { arrays.append(try input.map(opened.elements(moving:))) }
      let memory = try opened.card.allocate(count * result.byteCount)
      let suffix = type == .float32 ? "_float" : "_double"
      let kernel = try opened.card.kernel(
        KernelName(module: .operators, name: name + suffix))
      try opened.card.launch(
        kernel, argument(arrays.map { $0?.memory.address }, memory.address),
        blocks: opened.card.blocks(for: count), on: opened.stream)
      try opened.stream.synchronize()
      return NDArray(
        shape: shape,
        deviceElements: CardElements(memory, type: result, count: count, opened.stream))
    }
  }
}
