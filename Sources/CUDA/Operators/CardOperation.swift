import Compute
import Concurrency
import Messages

/// A kernel with its operands, ready to make an array.
struct CardOperation {
  /// Without the type of its elements.
  let name: String
  /// float32 or float64, which all inputs have.
  let type: ElementType
  let inputs: [NDArray?]
  /// Of the array that it makes.
  let shape: [Int]
  let result: ElementType
  /// At most so many blocks have something to do; nil when each thread makes an element.
  let blocks: Int?
  private let queue:
    (_ card: Card, _ kernel: Kernel, _ inputs: [UInt64?], _ output: UInt64, _ blocks: Int, Stream)
      throws(CUDAFailure) -> Void

  /// - Parameters:
  ///   - result: the type of the elements, if it is not that of the inputs.
  ///   - argument: the kernel's, from the inputs' addresses, nil for those that are not there, and the
  ///     output's.
  init<Argument>(
    _ name: String, _ type: ElementType, _ inputs: [NDArray?], shape: [Int],
    result: ElementType? = nil, blocks: Int? = nil,
    _ argument: @escaping ([UInt64?], UInt64) -> Argument
  ) {
    self.name = name
    self.type = type
    self.inputs = inputs
    self.shape = shape
    self.result = result ?? type
    self.blocks = blocks
    queue = { (card, kernel, inputs, output, blocks, stream) throws(CUDAFailure) in
      try card.launch(kernel, argument(inputs, output), blocks: blocks, on: stream)
    }
  }

  var count: Int { shape.reduce(1, *) }
  var byteCount: Int { count * result.byteCount }

  /// Queues the kernel.
  ///
  /// - Parameters:
  ///   - inputs: on the card.
  ///   - output: memory for the array.
  func launch(
    _ inputs: [CardElements?], into output: DeviceMemory, on opened: OpenedCard
  ) throws(CUDAFailure) {
    let card = opened.card
    let kernel = try card.kernel(
      KernelName(module: .operators, name: name + (type == .float32 ? "_float" : "_double")))
    let blocks = blocks.map { max(1, min($0, card.blockLimit)) } ?? card.blocks(for: count)
    try queue(
      card, kernel, inputs.map { $0?.memory.address }, output.address, blocks, opened.stream)
  }

  /// Copies to the card what is not there.
  func inputs(on opened: OpenedCard) throws(CUDAFailure) -> [CardElements?] {
    var elements: [CardElements?] = []
    for input in inputs { elements.append(try input.map(opened.elements(moving:))) }
    return elements
  }
}

extension CUDADevice {
  package func perform(
    _ operation: TensorOperation, _ operands: [Operand]
  ) throws(Diagnostic) -> NDArray {
    guard let work = try CardOperation(operation, operands) else {
      return try Devices.cpu.perform(operation, operands)
    }
    return try run(work)
  }

  /// Waits for the kernel: so a failure is told where it happens, and `timeit` measures the work.
  func run(_ operation: CardOperation) throws(Diagnostic) -> NDArray {
    _ = try NDArray.checkedCount(shape: operation.shape, type: operation.result)
    // Where the array is read, it needs the processor's memory, too.
    try Budget.reserve(
      Double(operation.byteCount), for: "an array of \(operation.count) elements")
    return try use { (opened) throws(CUDAFailure) in
      // Kept until the kernel is done.
      let inputs = try operation.inputs(on: opened)
      let memory = try opened.card.allocate(operation.byteCount)
      try operation.launch(inputs, into: memory, on: opened)
      try opened.stream.synchronize()
      return NDArray(
        shape: operation.shape,
        deviceElements: CardElements(
          memory, type: operation.result, count: operation.count, opened.stream))
    }
  }
}
