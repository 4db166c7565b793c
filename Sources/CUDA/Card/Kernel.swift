import CCUDADriver
import CCUDAKernels

/// A kernel, by its module and its name there.
struct KernelName: Hashable {
  /// The kernels of arrays keep denormals, those of training flush them: a module is compiled one way.
  enum Module: Hashable {
    case operators, training

    var ptx: UnsafePointer<CChar> {
      switch self {
      case .operators: etude_cuda_operators_ptx()
      case .training: etude_cuda_training_ptx()
      }
    }
  }

  var module: Module
  var name: String
}

/// A kernel that a card has compiled.
///
/// Unchecked, because it holds a handle of the driver, which does not change.
struct Kernel: @unchecked Sendable {
  let function: etude_cuda_function
}

/// The same for a module.
struct LoadedModule: @unchecked Sendable {
  let handle: etude_cuda_module
}

extension Card {
  /// Threads of a block: the kernels take any multiple of 32.
  static let blockSize = 256

  /// Compiles the kernel's module on first use, which may take a second; the driver remembers it from
  /// one start to the next.
  func kernel(_ name: KernelName) throws(CUDAFailure) -> Kernel {
    if let kernel = state.withLock({ $0.kernels[name] }) { return kernel }
    let module = try module(name.module)
    var function: etude_cuda_function?
    try check { $0.function(&function, module.handle, name.name) }
    guard let function else { throw .kernels(name.name) }
    let kernel = Kernel(function: function)
    state.withLock { $0.kernels[name] = kernel }
    return kernel
  }

  private func module(_ name: KernelName.Module) throws(CUDAFailure) -> LoadedModule {
    if let module = state.withLock({ $0.modules[name] }) { return module }
    var log = [CChar](repeating: 0, count: 4096)
    let logSize = log.count - 1
    let module = try call { (calls) throws(CUDAFailure) in
      var options = [Int32(etude_cuda_jit_error_log), Int32(etude_cuda_jit_error_log_size)]
      var module: etude_cuda_module?
      let result = log.withUnsafeMutableBufferPointer { log in
        // Sizes are given in the place of pointers.
        var values = [
          UnsafeMutableRawPointer(log.baseAddress!), UnsafeMutableRawPointer(bitPattern: logSize),
        ]
        return calls.loadModule(
          &module, name.ptx, UInt32(options.count), &options, &values)
      }
      guard result == etude_cuda_success, let module else {
        let text = log.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
        let line = text.split(separator: "\n").first.map(String.init)
        throw .kernels(line ?? driver.name(result))
      }
      return LoadedModule(handle: module)
    }
    state.withLock { $0.modules[name] = module }
    return module
  }

  /// Queues a kernel.
  ///
  /// - Parameters:
  ///   - argument: the kernel's only one, as a struct of cuda_kernels.h.
  ///   - blocks: at least one.
  ///   - cooperatively: all blocks run at the same time and may wait for each other.
  func launch<Argument>(
    _ kernel: Kernel, _ argument: Argument, blocks: Int, cooperatively: Bool = false,
    on stream: Stream
  ) throws(CUDAFailure) {
    var argument = argument
    try call { (calls) throws(CUDAFailure) in
      let result = withUnsafeMutablePointer(to: &argument) { argument in
        var parameters: [UnsafeMutableRawPointer?] = [UnsafeMutableRawPointer(argument)]
        let (blocks, threads) = (UInt32(blocks), UInt32(Card.blockSize))
        return cooperatively
          ? calls.launchCooperative(
            kernel.function, blocks, 1, 1, threads, 1, 1, 0, stream.handle, &parameters)
          : calls.launch(
            kernel.function, blocks, 1, 1, threads, 1, 1, 0, stream.handle, &parameters, nil)
      }
      try driver.check(result)
    }
  }

  /// Blocks for a kernel that computes so many numbers, each by a thread: no more than the card can run
  /// at a time need to be started.
  func blocks(for count: Int) -> Int {
    max(1, min((count + Card.blockSize - 1) / Card.blockSize, blockLimit))
  }

  /// How many blocks of a kernel the card can run at a time.
  func blocksAtATime(_ kernel: Kernel) throws(CUDAFailure) -> Int {
    var count: Int32 = 0
    try check { $0.blocksPerMultiprocessor(&count, kernel.function, Int32(Card.blockSize), 0) }
    return Int(count) * multiprocessorCount
  }

  /// Blocks that the card can run at a time, if they are small.
  var blockLimit: Int { multiprocessorCount * 8 }
}
