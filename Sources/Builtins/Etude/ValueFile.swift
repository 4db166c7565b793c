import Compute
import FileFormats
import Files
import Interpreter
import Messages
import NeuralNetworks
import SoundFiles

/// Values in files, by file extension: `.npy` for one array, `.safetensors` for named
/// arrays, `.wav` for a sound.
package enum ValueFile {
  /// One array from `.npy`; from `.safetensors` the array if there is only one, else a list of
  /// (name, array); from a sound file (rate in Hz, samples), as `wavfile.read` gives it.
  ///
  /// - Returns: also a remark if the file is damaged and only a part could be read.
  static func read(_ file: RegularFile) throws -> (value: Value, remark: String?) {
    let path = file.path
    switch fileExtension(of: path) {
    case "npy":
      return (.array(try inFile(path) { try NPYFile.read(FileBytes.read(file)) }), nil)
    case "safetensors":
      let arrays = try inFile(path) { try SafeTensorsFile.read(FileBytes.read(file)) }
      if arrays.count == 1 { return (.array(arrays[0].array), nil) }
      return (.list(arrays.map { .tuple([.string($0.name), .array($0.array)]) }), nil)
    case "wav", "flac", "ogg", "mp3", "aiff", "aif", "aifc", "au", "snd", "w64", "rf64", "caf":
      return try readSound(file)
    default:
      throw Diagnostic(
        "\(path) has an unknown extension", hint: "use a .npy, .safetensors or .wav file")
    }
  }

  /// A model with the weights of a `.safetensors` file.
  static func readModel(_ file: RegularFile, like model: Model) throws -> Model {
    guard fileExtension(of: file.path) == "safetensors" else {
      throw Diagnostic(
        "a model's weights are read from a .safetensors file, not from \(file.path)")
    }
    return try inFile(file.path) {
      let arrays = try SafeTensorsFile.read(FileBytes.read(file))
      return try Model(layer: model.layer, state: arrays)
    }
  }

  /// The value of `wavfile.read`: the rate in Hz and the samples.
  static func readSound(_ file: RegularFile) throws -> (value: Value, remark: String?) {
    do {
      let sound = try SoundFile.read(file)
      return (.tuple([.int(Int(sound.sampleRate)), .array(NDArray(sound))]), sound.warning)
    } catch {
      throw Diagnostic(error.description)
    }
  }

  /// Writes arrays, and numbers and lists that can be arrays, to `.npy`; those, a list of (name,
  /// array) or a model with weights to `.safetensors`; samples, or (rate in Hz, samples), to
  /// `.wav`.
  ///
  /// - Parameters:
  ///   - name: the name of a single array in a `.safetensors` file.
  ///   - sampleRate: for samples that come without one, in Hz.
  /// - Returns: a remark if the file differs from the request: a rate that was rounded.
  @discardableResult
  package static func write(
    _ value: Value, to path: String, name: String = "value", sampleRate: Double = 44100
  ) throws -> String? {
    switch fileExtension(of: path) {
    case "npy":
      try FileBytes.write(NPYFile.write(array(of: value)), to: path)
      return nil
    case "safetensors":
      let arrays = try namedArrays(in: value) ?? [(name, array(of: value))]
      try FileBytes.write(SafeTensorsFile.write(arrays), to: path)
      return nil
    case "wav":
      var samples = value
      var rate = sampleRate
      if case .tuple(let parts) = value, parts.count == 2, let first = parts[0].realNumber {
        (rate, samples) = (first, parts[1])
      }
      do {
        return try SoundFile(array(of: samples), sampleRate: rate).write(to: path)
      } catch let error as SoundFileError {
        throw Diagnostic(error.description)
      }
    default:
      throw Diagnostic(
        "\(path) has an unknown extension",
        hint: "use a name that ends in .npy, .safetensors or .wav")
    }
  }

  /// The arrays of `[("weight", w), ("bias", b)]`; nil when the value is something else.
  private static func namedArrays(in value: Value) throws -> [SafeTensorsFile.NamedArray]? {
    if case .model(let model) = value {
      guard let state = model.state else {
        throw Diagnostic("the model has no weights yet", hint: "train it, and save fit.model")
      }
      return state
    }
    guard case .list(let items) = value, !items.isEmpty else { return nil }
    var arrays: [SafeTensorsFile.NamedArray] = []
    for item in items {
      guard case .tuple(let parts) = item, parts.count == 2, case .string(let name) = parts[0]
      else { return nil }
      arrays.append((name, try array(of: parts[1])))
    }
    return arrays
  }

  /// A tensor's elements, or the value as a NumPy array.
  private static func array(of value: Value) throws -> NDArray {
    switch value {
    case .tensor(let tensor): return tensor.array
    case .fit: throw Diagnostic("a fit is not an array", hint: "save fit.model as .safetensors")
    case .model: throw Diagnostic("a model is not an array", hint: "save it as .safetensors")
    default: return try NDArray(nested: value)
    }
  }

  private static func fileExtension(of path: String) -> String {
    guard let dot = path.lastIndex(of: ".") else { return "" }
    return path[path.index(after: dot)...].lowercased()
  }

  /// Prefixes errors with the file's path.
  private static func inFile<Result>(
    _ path: String, _ body: () throws -> Result
  ) throws -> Result {
    do {
      return try body()
    } catch let error as Diagnostic where !error.message.contains(path) {
      throw Diagnostic("\(path): \(error.message)", hint: error.hint)
    }
  }
}
