import CCUDADriver
import CCUDAKernels
import FakeCards
import Testing

/// The driver without a card notices what a card would not forgive, or would not even notice: that is
/// what the other tests rely on.
@Suite("The fake driver")
struct FakeDriverTests {
  private let card = FakeCard()
  private let driver: etude_cuda_driver

  init() throws {
    var driver = etude_cuda_driver()
    var fault = [CChar](repeating: 0, count: 200)
    let status = etude_cuda_load_driver(card.library, &driver, &fault, fault.count)
    try #require(status == etude_cuda_driver_loaded)
    self.driver = driver
    try #require(driver.initialize(0) == 0)
    var context: etude_cuda_context?
    try #require(driver.retainContext(&context, 0) == 0)
  }

  // MARK: NVIDIA's numbers

  private static let invalidValue: Int32 = 1
  private static let illegalAddress: Int32 = 700
  private static let timeout: Int32 = 702

  // MARK: Calls

  private func allocate(_ bytes: Int) throws -> etude_cuda_address {
    var address: etude_cuda_address = 0
    try #require(driver.allocate(&address, bytes) == 0)
    return address
  }

  private func kernel(_ name: String, of text: UnsafePointer<CChar>) throws -> etude_cuda_function {
    var module: etude_cuda_module?
    try #require(driver.loadModule(&module, text, 0, nil, nil) == 0)
    var function: etude_cuda_function?
    try #require(driver.function(&function, module, name) == 0)
    return try #require(function)
  }

  /// Runs a kernel; what the driver says afterwards.
  private func run<Argument>(
    _ kernel: etude_cuda_function, _ argument: Argument, blocks: UInt32
  ) throws -> Int32 {
    var argument = argument
    let launched = withUnsafeMutablePointer(to: &argument) { argument in
      var parameters: [UnsafeMutableRawPointer?] = [UnsafeMutableRawPointer(argument)]
      return driver.launch(kernel, blocks, 1, 1, 32, 1, 1, 0, nil, &parameters, nil)
    }
    try #require(launched == 0)
    return driver.synchronizeStream(nil)
  }

  /// Negates so many numbers of one array into another.
  private func negation(
    of input: etude_cuda_address, to output: etude_cuda_address, count: Int64
  ) -> etude_cuda_elementwise {
    var call = etude_cuda_elementwise()
    call.a = input
    call.output = output
    call.count = count
    call.operation = Int32(etude_cuda_negative.rawValue)
    call.axes = 1
    call.shape.0 = count
    call.a_strides.0 = 1
    return call
  }

  // MARK: Tests

  @Test("Fresh memory is full of nan")
  func freshMemory() throws {
    let memory = try allocate(12)
    var numbers: [Float] = [0, 0, 0]
    #expect(driver.copyToHost(&numbers, memory, 12, nil) == 0)
    #expect(numbers.allSatisfy { $0.isNaN })
  }

  @Test("Copies that leave an allocation are refused")
  func copies() throws {
    let memory = try allocate(100)
    var bytes = [UInt8](repeating: 7, count: 200)
    #expect(driver.copyToDevice(memory, bytes, 100, nil) == 0)
    #expect(driver.copyToDevice(memory, bytes, 101, nil) == Self.invalidValue)
    #expect(driver.copyToDevice(memory + 1, bytes, 100, nil) == Self.invalidValue)
    #expect(driver.copyToHost(&bytes, memory, 101, nil) == Self.invalidValue)
    #expect(driver.clear(memory, 0, 101, nil) == Self.invalidValue)
    #expect(driver.free(memory) == 0)
    #expect(driver.copyToDevice(memory, bytes, 100, nil) == Self.invalidValue)
    #expect(driver.free(memory) == Self.invalidValue)
  }

  @Test("A kernel that leaves its memory fails, and so does everything after it")
  func illegalReads() throws {
    let negate = try kernel("elementwise_float", of: etude_cuda_operators_ptx())
    let (input, output) = (try allocate(400), try allocate(1 << 20))
    #expect(try run(negate, negation(of: input, to: output, count: 100), blocks: 2) == 0)
    #expect(
      try run(negate, negation(of: input, to: output, count: 200), blocks: 2)
        == Self.illegalAddress)
    var address: etude_cuda_address = 0
    #expect(driver.allocate(&address, 4) == Self.illegalAddress)
  }

  @Test("A number behind an array is noticed, even if no page ends there")
  func shortOverrun() throws {
    let negate = try kernel("elementwise_float", of: etude_cuda_operators_ptx())
    let (input, output) = (try allocate(400), try allocate(20))
    #expect(
      try run(negate, negation(of: input, to: output, count: 6), blocks: 1)
        == Self.illegalAddress)
  }

  @Test("Blocks that wait for blocks that do not run are stopped")
  func deadlock() throws {
    let train = try kernel("train", of: etude_cuda_training_ptx())
    var call = etude_cuda_training()
    call.layers = try allocate(8)
    call.batches = try allocate(MemoryLayout<etude_cuda_batch>.size)
    call.barrier = try allocate(8)
    #expect(driver.clear(call.batches, 0, MemoryLayout<etude_cuda_batch>.size, nil) == 0)
    #expect(driver.clear(call.barrier, 0, 8, nil) == 0)
    call.epochs = 1
    call.batches_per_epoch = 1
    // Not a cooperative launch, so the second block starts when the first one has ended.
    #expect(try run(train, call, blocks: 2) == Self.timeout)
  }
}
