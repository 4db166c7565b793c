import Builtins
import EtudeApp
import NeuralNetworks
import Notebook
import SampleLessons
import Terminal

extension SampleLesson {
  static func reader(width: Int = 80, height: Int = 24) -> Reader {
    var appearance = Appearance(background: .dark, colors: 0, hasUnicode: true)
    appearance.hasSound = true
    var reader = Reader(
      lesson: lesson, width: width, height: height, appearance: appearance,
      reference: Reader.Reference(
        devices: { DeviceList(computing: [], sound: ["a processor"]) },
        vocabulary: .standard))
    _ = reader.update(snapshot: snapshot())
    return reader
  }
}

extension SampleTraining {
  static func reader(
    _ trainer: TrainerState, width: Int = 80, height: Int = 24
  ) -> Reader {
    var reader = Reader(
      lesson: lesson, width: width, height: height,
      appearance: Appearance(background: .dark, colors: 0, hasUnicode: true),
      reference: Reader.Reference(
        devices: { DeviceList(computing: [], sound: []) }, vocabulary: .standard))
    _ = reader.update(snapshot: snapshot(trainer))
    return reader
  }
}
