import Audio
import Compute
import Notebook

extension Reader.Reference {
  /// Looks names up in a vocabulary, and devices on this machine.
  package static func standard(vocabulary: Vocabulary, audioDevice: String?) -> Self {
    Self(
      devices: { deviceLines(audioDevice: audioDevice) },
      help: { vocabulary.help(on: $0) },
      soundRemark: RemoteSession.soundRemark(), vocabulary: vocabulary)
  }
}

/// What can compute and what can sound, with the reason why something cannot.
package func deviceLines(audioDevice: String?) -> [OverlayLine] {
  var lines = [OverlayLine("Computing", kind: .heading)]
  for device in Device.all {
    var text = "  \(device.kind.rawValue): \(device.name)"
    if !device.details.isEmpty { text += ", \(device.details)" }
    if let memory = device.memory { text += ", \(memory >> 30) GiB" }
    lines.append(OverlayLine(text))
    if let reason = device.reason { lines.append(OverlayLine("       \(reason)")) }
  }
  lines.append(OverlayLine("Sound", kind: .heading))
  if let audioDevice { lines.append(OverlayLine("  chosen by --audio-device: \(audioDevice)")) }
  do throws(PlaybackDevice.NoneFound) {
    for device in try PlaybackDevice.all() {
      lines.append(OverlayLine("  \(device.name): \(device.description)"))
    }
  } catch {
    lines.append(OverlayLine("  \(error)"))
    if audioDevice == nil {
      lines.append(OverlayLine("  Players keep time all the same, and w writes WAV files."))
    }
  }
  if let remark = RemoteSession.soundRemark() { lines.append(OverlayLine("  \(remark)")) }
  return lines
}

extension Vocabulary {
  /// The help on a name as cells write it. A method is looked up by the part behind the last dot.
  package func help(on name: String) -> NameHelp? {
    let last = name.split(separator: ".").last.map(String.init) ?? name
    let candidates = [name] + (name.contains(".") ? ["array.\(last)"] : [])
    guard let builtin = candidates.lazy.compactMap({ builtins[$0] }).first else { return nil }
    return NameHelp(
      name: builtin.name, signature: builtin.signature, summary: builtin.summary)
  }
}

extension Builtin {
  /// As Python writes it: `signal.firwin(numtaps, cutoff, *, fs=None)`.
  package var signature: String {
    var parts: [String] = []
    var isKeywordOnly = false
    for parameter in parameters {
      var part = parameter.name
      switch parameter.kind {
      case .variadic:
        part = "*" + part
        isKeywordOnly = true
      case .keywordOnly where !isKeywordOnly:
        parts.append("*")
        isKeywordOnly = true
      default: break
      }
      if let value = parameter.defaultValue { part += "=\(value.repr)" }
      parts.append(part)
    }
    return "\(name)(\(parts.joined(separator: ", ")))"
  }
}
