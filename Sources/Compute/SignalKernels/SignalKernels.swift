import CKernels

/// The loops of transforms and convolutions in CKernels, compiled for one instruction set.
///
/// All that fuse products and sums give the same bits.
package struct SignalKernels: Sendable {
  package let name: String
  package var isFused: Bool { functions.is_fused != 0 }
  let functions: etude_signal_kernels

  private init?(_ name: String, _ functions: UnsafePointer<etude_signal_kernels>?) {
    guard let functions else { return nil }
    self.name = name
    self.functions = functions.pointee
  }

  private init(_ name: String, _ functions: etude_signal_kernels) {
    self.name = name
    self.functions = functions
  }

  /// Those that this processor can run, the fastest last.
  package static let all: [SignalKernels] = {
    let processor = Processor.current.instructionSet
    var kernels = [SignalKernels("baseline", etude_signal_kernels_baseline)]
    if processor != .baseline, let avx2 = SignalKernels("avx2", etude_signal_kernels_avx2()) {
      kernels.append(avx2)
    }
    if processor == .avx512, let avx512 = SignalKernels("avx512", etude_signal_kernels_avx512()) {
      kernels.append(avx512)
    }
    return kernels
  }()

  package static let chosen = Processor.chosenLoops(among: all, name: \.name)
}
