import Compute
import EtudeApp
import Playback

extension DeviceList {
  /// This computer's.
  static func system(audioDevice: String?) -> DeviceList {
    var sound: [String] = []
    if let audioDevice { sound.append("chosen by --audio-device: \(audioDevice)") }
    let devices = PlaybackDevice.all()
    sound += devices.map { "\($0.name): \($0.description)" }
    if devices.contains(where: \.isAnswering) {
      if let remark = RemoteSession.soundRemark() { sound.append(remark) }
    } else if audioDevice == nil {
      sound.append("no device plays; players still keep time, and w writes WAV files")
    }
    if let diagnosis = SoundDiagnosis.diagnosis(devices: devices, surroundings: .system()) {
      sound.append(diagnosis.sentence)
      if let command = diagnosis.command { sound.append("     \(command)") }
    }
    return DeviceList(computing: Devices.all.map { Entry($0) }, sound: sound)
  }
}
