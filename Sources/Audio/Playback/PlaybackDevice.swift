import CALSA
import Glibc

/// A device that sound can be played on.
package struct PlaybackDevice: Hashable, Sendable {
  /// What `--audio-device` takes.
  package var name: String
  /// What ALSA says about it, on one line.
  package var description: String

  /// Why there is none: a sentence without a full stop.
  package struct NoneFound: Error, Hashable, CustomStringConvertible {
    package var description: String
  }

  /// The devices that answer, the one that sound goes to by itself first. Opens each for a moment.
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

    var names = ALSAOutput.usualDevices
    // Hints also list converters and special speaker layouts; plughw is each card, for any format.
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
        : "ALSA finds no sound card, and neither PipeWire nor PulseAudio answers")
  }

  private static func text(_ key: String, of hint: UnsafeMutableRawPointer) -> String? {
    guard let text = snd_device_name_get_hint(hint, key) else { return nil }
    defer { free(text) }
    return String(cString: text)
  }
}
