import Compute
import FileFormats
import Interpreter

/// Values and sounds in files. A lesson reads below its own folder and the audio folder and
/// writes into a folder of its own among the student's; `etude eval` reads and writes wherever the
/// user may.
extension Builtins {
  static let soundFiles: [Builtin] = [
    Builtin(
      "wavfile.read", [Parameter("filename")],
      """
      A sound file as (rate, samples): the sample rate in Hz, and an array with the samples of one \
      channel, or of the shape (samples, channels). Its type is the file's, int16 for most; divide \
      by the peak, or by 32768, to compute with it.
      """
    ) { call in
      let path = try call.context.files.pathForReading(call.arguments.string("filename"))
      let (value, remark) = try ValueFile.readSound(path)
      if let remark { call.context.show(.text(remark)) }
      return value
    }
  ]

  static let files: [Builtin] = [
    Builtin(
      "load",
      [
        Parameter("file"),
        .optional("like", note: "a model: the file holds its weights"),
      ],
      """
      What a file holds: the array of a .npy file; the array of a .safetensors file, or a list of \
      (name, array) when it holds several; (rate, samples) of a .wav file. With like=model, a model \
      with the weights of a .safetensors file that save(fit.model, …) or PyTorch wrote.
      """
    ) { call in
      let path = try call.context.files.pathForReading(call.arguments.string("file"))
      switch call.arguments["like"] {
      case .none: break
      case .model(let model): return .model(try ValueFile.readModel(path, like: model))
      default: throw call.arguments.wrongType("like", "a model")
      }
      let (value, remark) = try ValueFile.read(path)
      if let remark { call.context.show(.text(remark)) }
      return value
    },
    Builtin(
      "save", [Parameter("value"), Parameter("file", note: "ends in .npy, .safetensors or .wav")],
      """
      Writes an array to .npy, an array, a list of (name, array) or a model with its weights to \
      .safetensors, (rate, samples) to .wav; samples alone are written at 44100 Hz. In the \
      reader it starts on Enter and writes into a folder of the lesson's among your files, which it \
      names; etude eval writes wherever you may.
      """
    ) { call in
      let name = try call.arguments.string("file")
      guard call.context.files.canWrite else {
        call.context.show(.text("save works in the reader: \(name) was not written"))
        return .none
      }
      let path = try call.context.files.pathForWriting(name)
      try call.context.require(.save(file: name), function: "save")
      if let folder = call.context.files.folderForWriting { try FileBytes.makeFolder(folder) }
      let remark = try ValueFile.write(call.arguments["value"], to: path)
      if call.context.files.isForLesson { call.context.show(.text("saved \(path)")) }
      if let remark { call.context.show(.text(remark)) }
      return .none
    },
  ]
}
