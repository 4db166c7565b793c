import CCUDADriver
import Glibc

/// NVIDIA's driver: its functions, with failures as errors.
///
/// Unchecked, since the compiler cannot see that functions of C do not change.
struct Driver: @unchecked Sendable {
  /// The functions themselves, for ``check(_:)``.
  let calls: etude_cuda_driver
  /// By CUDA's count: 12040 is 12.4.
  let version: Int

  /// Where the driver is: a name that the system looks for, unless `ETUDE_CUDA_DRIVER` overrides it.
  static var library: String {
    let path = getenv("ETUDE_CUDA_DRIVER").map { String(cString: $0) } ?? ""
    return path.isEmpty ? "libcuda.so.1" : path
  }

  /// Loads the driver and wakes it up.
  ///
  /// - Throws: when there is none that works.
  init(library: String = Driver.library) throws(CUDAFailure) {
    var calls = etude_cuda_driver()
    var fault = [CChar](repeating: 0, count: 512)
    let status = etude_cuda_load_driver(library, &calls, &fault, fault.count)
    let text = fault.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
    switch status {
    case etude_cuda_driver_not_found: throw .noDriver(library: library)
    case etude_cuda_driver_not_loadable: throw .unloadable(library: library, reason: text)
    case etude_cuda_driver_incomplete: throw .incomplete(library: library, symbol: text)
    default: break
    }
    self.calls = calls
    // An old driver may refuse to wake up; its version is the better reason then.
    var version: Int32 = 0
    let hasVersion = calls.driverVersion(&version) == etude_cuda_success && version > 0
    let oldest = CUDAFailure.oldestDriver.version
    if hasVersion, version < oldest { throw .oldDriver(version: Int(version)) }
    self.version = Int(version)
    switch Int(calls.initialize(0)) {
    case etude_cuda_success: break
    case etude_cuda_stub_library: throw .stub(library: library)
    case let result: throw failure(etude_cuda_result(result))
    }
    if !hasVersion { throw .stub(library: library) }
  }

  /// - Throws: when the result of a call is not success. Asks for memory need more: see
  ///   ``Card/allocate(_:)``.
  func check(_ result: etude_cuda_result) throws(CUDAFailure) {
    guard result != etude_cuda_success else { return }
    throw failure(result)
  }

  private func failure(_ result: etude_cuda_result) -> CUDAFailure {
    switch Int(result) {
    case etude_cuda_no_device, etude_cuda_invalid_device: return .noCard
    case etude_cuda_device_unavailable, etude_cuda_system_not_ready: return .inUse
    case etude_cuda_driver_mismatch: return .mismatch
    case etude_cuda_launch_timeout: return .stopped
    case etude_cuda_no_binary_for_device, etude_cuda_unsupported_ptx: return .kernels(name(result))
    default: return .lost(result: name(result))
    }
  }

  /// "CUDA_ERROR_ILLEGAL_ADDRESS".
  func name(_ result: etude_cuda_result) -> String {
    var name: UnsafePointer<CChar>?
    guard calls.errorName(result, &name) == etude_cuda_success, let name else {
      return "CUDA error \(result)"
    }
    return String(cString: name)
  }
}
