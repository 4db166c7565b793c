import Compute
import EtudeApp
import Playback

extension DeviceList {
  /// This computer's.
  static func system(audioDevice: String?) -> DeviceList {
    var sound: [String] = []
    if let audioDevice { sound.append("chosen by --audio-device: \(audioDevice)") }
    do throws(PlaybackDevice.NoneFound) {
      sound += try PlaybackDevice.all().map { "\($0.name): \($0.description)" }
    } catch {
      sound.append("\(error)")
      if audioDevice == nil { sound.append("Players still keep time, and w writes WAV files.") }
    }
    if let remark = RemoteSession.soundRemark() { sound.append(remark) }
    return DeviceList(computing: Devices.all.map { Entry($0) }, sound: sound)
  }
}
