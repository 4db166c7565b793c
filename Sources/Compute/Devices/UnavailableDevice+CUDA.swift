import Glibc

extension UnavailableDevice {
  /// NVIDIA's graphics processors where no module for them is registered: says whether there is a
  /// driver.
  static var cuda: UnavailableDevice {
    guard let library = dlopen("libcuda.so.1", RTLD_NOW | RTLD_LOCAL) else {
      return UnavailableDevice(
        kind: .cuda, name: "CUDA",
        reason: "No NVIDIA driver was found: libcuda.so.1 is not on this system.")
    }
    defer { dlclose(library) }
    typealias DriverVersion = @convention(c) (UnsafeMutablePointer<Int32>) -> Int32
    var name = "CUDA"
    if let symbol = dlsym(library, "cuDriverGetVersion") {
      // dlsym knows no types; this one is in NVIDIA's documentation of the driver.
      let driverVersion = unsafeBitCast(symbol, to: DriverVersion.self)
      var version: Int32 = 0
      if driverVersion(&version) == 0 {
        name = "CUDA driver \(version / 1000).\(version % 1000 / 10)"
      }
    }
    return UnavailableDevice(
      kind: .cuda, name: name,
      reason: "There is an NVIDIA driver, but this version of Etude computes on the CPU only.")
  }
}
