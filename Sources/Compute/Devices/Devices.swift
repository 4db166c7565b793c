/// The devices of this machine, one of each kind. They are probed once, on first use.
package enum Devices {
  /// Every kind of device, usable or not: the CPU first.
  package static let all: [any Device] = {
    isOpen = true
    return DeviceKind.allCases.map { kind in
      registered.last { $0.kind == kind } ?? standard(kind)
    }
  }()

  /// The processor, which is always there.
  package static let cpu = all.lazy.compactMap { $0 as? CPU }.first ?? CPU()

  package static subscript(kind: DeviceKind) -> any Device {
    all.first { $0.kind == kind } ?? standard(kind)
  }

  /// Replaces the device of its kind.
  ///
  /// - Precondition: no device has been asked for yet: the executable registers its devices first
  ///   thing, before it starts a thread.
  package static func register(_ device: any Device) {
    precondition(!isOpen, "devices are registered before they are used")
    registered.append(device)
  }

  // Unchecked, since both are written at start-up only, when there is a single thread, and once more
  // under the lock of `all`.
  nonisolated(unsafe) private static var registered: [any Device] = []
  nonisolated(unsafe) private static var isOpen = false

  private static func standard(_ kind: DeviceKind) -> any Device {
    switch kind {
    case .cpu: CPU()
    case .cuda:
      UnavailableDevice(
        kind: .cuda, name: "CUDA",
        reason: "This program was built without the module for NVIDIA's cards.")
    case .mps:
      UnavailableDevice(
        kind: .mps, name: "MPS", reason: "Not available on this system: MPS needs macOS.")
    }
  }
}
