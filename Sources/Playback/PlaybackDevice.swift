import CALSA
import Glibc

/// A device that can play sound.
package struct PlaybackDevice: Hashable, Sendable {
  /// The value for `--audio-device`.
  package var name: String
  /// ALSA's description, on one line.
  package var description: String
  package var isAnswering: Bool

  package init(name: String, description: String, isAnswering: Bool = true) {
    self.name = name
    self.description = description
    self.isAnswering = isAnswering
  }

  /// The devices that can be opened, the default one first, and those that do not answer. Opens each
  /// briefly, which may take some seconds.
  package static func all(calls: PCMCalls = PCMCalls()) -> [PlaybackDevice] {
    etude_alsa_discard_messages()
    let descriptions = descriptions()
    var names = ALSAOutput.defaultDevices
    // Hints also list converters and speaker layouts; plughw is a card that accepts any format.
    names += descriptions.map(\.name).filter { $0.hasPrefix("plughw:") }
    let opening = PCMOpening()
    var devices: [PlaybackDevice] = []
    for name in names {
      do throws(PCMError) {
        let opened = try opening.open(name, sampleRate: 48_000, calls: calls)
        snd_pcm_close(opened.pcm)
        let description = descriptions.first { $0.name == name }?.text ?? ""
        devices.append(PlaybackDevice(name: name, description: description))
      } catch  where error.isNotAnswering {
        devices.append(
          PlaybackDevice(name: name, description: "it does not answer", isAnswering: false))
      } catch {
        continue
      }
    }
    return devices
  }

  /// ALSA's descriptions of the devices of its configuration; they need not work.
  private static func descriptions() -> [(name: String, text: String)] {
    var hints: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
    guard snd_device_name_hint(-1, "pcm", &hints) == 0, let hints else { return [] }
    defer { snd_device_name_free_hint(hints) }
    var descriptions: [(name: String, text: String)] = []
    var next = hints
    while let hint = next.pointee {
      next += 1
      guard let name = text("NAME", of: hint), text("IOID", of: hint) != "Input" else { continue }
      let lines = text("DESC", of: hint) ?? ""
      descriptions.append((name, lines.split(separator: "\n").joined(separator: ", ")))
    }
    return descriptions
  }

  private static func text(_ key: String, of hint: UnsafeMutableRawPointer) -> String? {
    guard let text = snd_device_name_get_hint(hint, key) else { return nil }
    defer { free(text) }
    return String(cString: text)
  }
}
