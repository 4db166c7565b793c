import Compute
import EtudeApp
import Playback

/// What can compute and what can sound, with the reason why something cannot.
func deviceLines(audioDevice: String?) -> [OverlayLine] {
  var lines = [OverlayLine("Computing", kind: .heading)]
  for device in Devices.all {
    var text = "  \(device.kind.rawValue): \(device.name)"
    if !device.details.isEmpty { text += ", \(device.details)" }
    if let memory = device.memory { text += ", \(memory >> 30) GiB" }
    lines.append(OverlayLine(text))
    if let remark = device.remark { lines.append(OverlayLine("       \(remark)")) }
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
      lines.append(OverlayLine("  Players still keep time, and w writes WAV files."))
    }
  }
  if let remark = RemoteSession.soundRemark() { lines.append(OverlayLine("  \(remark)")) }
  return lines
}
