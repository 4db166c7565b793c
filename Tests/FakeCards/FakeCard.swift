import CUDA
import Glibc

/// A card that is none: the kernels run on the processor, behind the library FakeCUDA, which has the
/// functions of NVIDIA's driver.
///
/// Each has a copy of the library, since what goes wrong is set for all that a library does.
package final class FakeCard: Sendable {
  package let device: CUDADevice
  /// The copy, for other programs.
  package let library: String

  /// - Parameters:
  ///   - failure: what goes wrong from the beginning, as Tests/CUDAEmulation/include/fake_cuda.h says.
  ///   - order: in which threads take turns: "forward", "backward" or "shuffled".
  package init(failing failure: String? = nil, order: String? = nil) {
    library = Self.copyOfLibrary()
    device = CUDADevice(library: library)
    if let failure { fail(failure) }
    if let order { call("fake_cuda_order", order) }
  }

  deinit { unlink(library) }

  /// What goes wrong from now on.
  package func fail(_ what: String) { call("fake_cuda_fail", what) }

  /// Bytes of the card's memory that are in use.
  package var allocatedBytes: Int {
    typealias Function = @convention(c) () -> Int
    return unsafeBitCast(symbol("fake_cuda_allocated"), to: Function.self)()
  }

  private func call(_ name: String, _ argument: String) {
    typealias Function = @convention(c) (UnsafePointer<CChar>) -> Void
    unsafeBitCast(symbol(name), to: Function.self)(argument)
  }

  /// dlsym knows no types: they are those of fake_cuda.h.
  private func symbol(_ name: String) -> UnsafeMutableRawPointer {
    guard let library = dlopen(library, RTLD_NOW | RTLD_LOCAL), let symbol = dlsym(library, name)
    else { fatalError("\(library) has no \(name): build the product FakeCUDA") }
    return symbol
  }

  /// Beside the tests, or the program.
  package static let original: String = {
    guard let path = realpath("/proc/self/exe", nil) else { fatalError("no /proc") }
    defer { free(path) }
    let program = String(cString: path)
    return program[..<program.lastIndex(of: "/")!] + "/libFakeCUDA.so"
  }()

  private static func copyOfLibrary() -> String {
    var path = Array("/tmp/etude-fake-cuda-XXXXXX".utf8CString)
    let target = mkstemp(&path)
    let source = open(original, O_RDONLY)
    guard target >= 0, source >= 0 else { fatalError("\(original) cannot be copied") }
    defer {
      close(target)
      close(source)
    }
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(source, &buffer, buffer.count)
      guard count > 0 else { break }
      guard write(target, buffer, count) == count else { fatalError("/tmp is full") }
    }
    return path.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
  }
}
