import Messages

/// Something that computes, or a reason why it cannot.
///
/// A module that brings a device conforms to this protocol and is registered with ``Devices`` by the
/// executable; nothing else has to know it.
package protocol Device: Sendable {
  var kind: DeviceKind { get }
  /// What people call it: "Intel Xeon", "NVIDIA H100".
  var name: String { get }
  /// What is worth knowing about it, in a few words: cores, instruction set.
  var details: String { get }
  /// In bytes; nil when it is not known.
  var memory: Int? { get }
  /// What else a user should know about it, as a sentence.
  var remark: String? { get }
  /// Why it cannot be used, as a sentence; nil when it can.
  var reason: String? { get }

  /// The array where this device computes: an array that is elsewhere is copied.
  ///
  /// - Throws: when the device has no room for it, or has failed.
  func moving(_ array: NDArray) throws(Diagnostic) -> NDArray

  /// The one place in which operators on tensors are dispatched: a device computes what it can and
  /// leaves the rest to the CPU, which is the default.
  ///
  /// - Throws: when the operands do not fit the operation, or the device has failed.
  func perform(
    _ operation: TensorOperation, _ operands: [Operand]
  ) throws(Diagnostic) -> NDArray
}

/// PyTorch's names.
package enum DeviceKind: String, Sendable, CaseIterable {
  case cpu, cuda, mps

  /// As PyTorch names the first one of its kind: "cuda:0". There is one processor.
  package var pythonName: String { self == .cpu ? rawValue : rawValue + ":0" }
}

extension Device {
  package var details: String { "" }
  package var memory: Int? { nil }
  package var remark: String? { nil }
  package var reason: String? { nil }
  package var isAvailable: Bool { reason == nil }
  package func moving(_ array: NDArray) throws(Diagnostic) -> NDArray { try array.fetched() }
}

/// Stands for a device that cannot be used on this machine or by this build.
package struct UnavailableDevice: Device {
  package let kind: DeviceKind
  package let name: String
  package let reason: String?

  package init(kind: DeviceKind, name: String, reason: String) {
    self.kind = kind
    self.name = name
    self.reason = reason
  }
}
