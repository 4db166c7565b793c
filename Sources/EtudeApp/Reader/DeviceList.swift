import Compute
import Terminal

/// What can compute and what can sound, and why something cannot: the overlay of `d`, and what
/// `etude devices` prints.
package struct DeviceList: Hashable, Sendable {
  package struct Entry: Hashable, Sendable {
    package var kind: DeviceKind
    /// "cuda: NVIDIA H100, compute capability 9.0, 80 GiB"
    package var title: String
    /// What else to know about it, as a sentence.
    package var remark: String?
    /// Why it cannot be used, as a sentence.
    package var reason: String?

    package init(_ device: any Device) {
      kind = device.kind
      title = "\(device.kind.rawValue): \(device.name)"
      if !device.details.isEmpty { title += ", \(device.details)" }
      if let memory = device.memory { title += ", \(memory >> 30) GiB" }
      remark = device.remark
      reason = device.reason
    }
  }

  /// One for each kind of device.
  package var computing: [Entry]
  /// A line for each sound device, or why there is none.
  package var sound: [String]

  package init(computing: [Entry], sound: [String]) {
    self.computing = computing
    self.sound = sound
  }

  /// The whole list as text. Sentences about a device stand below it.
  package var lines: [OverlayLine] { linesWithEntries.map(\.line) }

  /// Each line, and the entry that it names.
  var linesWithEntries: [(line: OverlayLine, entry: Int?)] {
    var lines: [(OverlayLine, Int?)] = [(OverlayLine("Computing", kind: .heading), nil)]
    for (index, entry) in computing.enumerated() {
      lines.append((OverlayLine("  \(entry.title)"), index))
      for sentence in [entry.remark, entry.reason].compactMap(\.self) {
        lines.append((OverlayLine("       \(sentence)"), nil))
      }
    }
    lines.append((OverlayLine("Sound", kind: .heading), nil))
    lines += sound.map { (OverlayLine("  \($0)"), nil) }
    return lines
  }
}
