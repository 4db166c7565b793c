import CALSA
import Glibc

/// A device that can play sound.
package struct PlaybackDevice: Hashable, Sendable {
  /// The value for `--audio-device`.
  package var name: String
  /// ALSA's description, on one line.
  package var description: String

  /// Why no device was found: a sentence without a full stop.
  package struct NoneFound: Error, Hashable, CustomStringConvertible {
    package var description: String
  }

  /// The devices that can be opened, the default one first. Opens each briefly.
  package static func all() throws(NoneFound) -> [PlaybackDevice] {
    etude_alsa_discard_messages()
    var descriptions: [(name: String, text: String)] = []
    var hints: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
    if snd_device_name_hint(-1, "pcm", &hints) == 0, let hints {
      defer { snd_device_name_free_hint(hints) }
      var next = hints
      while let hint = next.pointee {
        next += 1
        guard let name = text("NAME", of: hint), text("IOID", of: hint) != "Input" else { continue }
        let lines = text("DESC", of: hint) ?? ""
        descriptions.append((name, lines.split(separator: "\n").joined(separator: ", ")))
      }
    }

    var names = ALSAOutput.defaultDevices
    // Hints also list converters and speaker layouts; plughw is a card that accepts any format.
    names += descriptions.map(\.name).filter { $0.hasPrefix("plughw:") }
    var devices: [PlaybackDevice] = []
    for name in names {
      let output = ALSAOutput.open(device: name, sampleRate: 48_000)
      defer { output.close() }
      guard case .device = output.description else { continue }
      let description = descriptions.first { $0.name == name }?.text ?? ""
      devices.append(PlaybackDevice(name: name, description: description))
    }
    guard devices.isEmpty else { return devices }
    var card: Int32 = -1
    let hasCard = snd_card_next(&card) == 0 && card >= 0
    throw NoneFound(
      description: hasCard
        ? "there is a sound card, but it cannot be opened; is another program using it?"
        : "ALSA finds no sound card, and neither PipeWire nor PulseAudio is running")
  }

  private static func text(_ key: String, of hint: UnsafeMutableRawPointer) -> String? {
    guard let text = snd_device_name_get_hint(hint, key) else { return nil }
    defer { free(text) }
    return String(cString: text)
  }
}
