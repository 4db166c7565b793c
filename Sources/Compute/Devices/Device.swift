/// Something that can compute, or a reason why it cannot, for `etude devices` and the reader.
package struct Device: Hashable, Sendable {
  package enum Kind: String, Sendable, CaseIterable {
    case cpu, cuda, mps
  }

  package var kind: Kind
  /// What people call it: "Intel Xeon", "NVIDIA driver 12.4".
  package var name: String
  /// What is worth knowing about it, in a few words: cores, instruction set.
  package var details: String
  /// In bytes; nil when it is not known.
  package var memory: Int?
  package var isAvailable: Bool { reason == nil }
  /// Why it cannot be used, as a sentence; nil when it can.
  package var reason: String?

  package init(
    kind: Kind, name: String, details: String = "", memory: Int? = nil, reason: String? = nil
  ) {
    self.kind = kind
    self.name = name
    self.details = details
    self.memory = memory
    self.reason = reason
  }

  /// Every kind of device, usable or not: the CPU first.
  package static var all: [Device] { [cpu, cuda, mps] }

  /// Apple's graphics processors, which exist under macOS only.
  package static let mps = Device(
    kind: .mps, name: "MPS", reason: "Not available on this system: MPS needs macOS.")
}
