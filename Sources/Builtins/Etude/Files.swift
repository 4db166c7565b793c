import Compute
import FileFormats
import Interpreter

/// Values in files. A lesson reads from its own folder and the audio folder, and writes to a folder
/// of its own among the student's files; `etude eval` reads and writes anywhere the user can.
extension Builtins {
  static let files: [Builtin] = [
    Builtin(
      "load",
      [
        Parameter("file"),
        .optional("like", note: "a model whose weights the file holds"),
      ],
      """
      The contents of a file: the array of a .npy file; the array of a .safetensors file, or a \
      list of (name, array) if it holds several; (rate, samples) of a .wav file. With like=model, \
      a model with the weights of a .safetensors file written by save(fit.model, …) or PyTorch.
      """
    ) { call in
      let file = try call.context.files.open(call.arguments.string("file"))
      switch call.arguments["like"] {
      case .none: break
      case .model(let model): return .model(try ValueFile.readModel(file, like: model))
      default: throw call.arguments.wrongType("like", "a model")
      }
      let (value, remark) = try ValueFile.read(file)
      if let remark { call.context.show(.text(remark)) }
      return value
    },
    Builtin(
      "save", [Parameter("value"), Parameter("file", note: "ends in .npy, .safetensors or .wav")],
      """
      Writes an array to .npy; an array, a list of (name, array) or a model with its weights to \
      .safetensors; (rate, samples) to .wav. Samples without a rate are written at 44100 Hz. In \
      the reader it waits for Enter and shows the path; see "Where files are written".
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
