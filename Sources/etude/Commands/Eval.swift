import ArgumentParser
import Builtins
import Concurrency
import FileFormats
import Files
import Glibc
import Interpreter
import Messages
import Publishing

struct Eval: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run cells without a lesson.",
    discussion: """
      Without CODE and --file, standard input is run. Values of bare expressions are printed \
      as Python prints them; --json prints one object with every name that was defined.

      Examples:
        etude eval 'np.convolve([1, 2, 3], [1, 1])'
        etude eval 'h = signal.firwin(11, 200, fs=44100)' --json
        etude eval --file filter.py --save kernel=kernel.npy --save y=filtered.wav
      """)

  @Argument(help: "The code to run.")
  var code: String?

  @Option(help: ArgumentHelp("A file with the code.", valueName: "f"), completion: .file())
  var file: String?

  @Flag(help: "Print one JSON object with all names instead of the outputs.")
  var json = false

  @Option(
    help: ArgumentHelp(
      "Write a value to a .npy, .wav or .safetensors file; may be repeated.",
      valueName: "name=path"))
  var save: [String] = []

  func validate() throws {
    if code != nil, file != nil {
      throw ValidationError("CODE and --file cannot be combined; give one of them")
    }
    for request in save where request.split(separator: "=", maxSplits: 1).count < 2 {
      throw ValidationError("--save \(request) is not of the form name=path")
    }
  }

  @OptionGroup var deviceOption: DeviceOption

  func run() throws {
    let cancellation = Cancellation()
    let device = try deviceOption.chosen() ?? .cpu
    let source = try code ?? readSource()
    let result = CodeResult(
      of: source, files: FileAccess(.everything), vocabulary: .standard, device: device,
      interrupt: cancellation.interrupt, trainingObserver: cancellation.line.show)
    if result.wasInterrupted { cancellation.end() }
    if !json {
      for output in result.outputs {
        if let text = output.plainText {
          // Long texts are not copied.
          Console.write(text)
          Console.write("\n")
        }
      }
    }
    if let error = result.error {
      let errors = ([error] + result.furtherErrors).map { error in
        let place = error.range.map { "line \($0.start.line), column \($0.start.column): " } ?? ""
        return Diagnostic(place + error.message, hint: error.hint)
      }
      for error in errors.dropLast() { error.report() }
      throw errors[errors.count - 1]
    }
    if json {
      for (name, value) in result.names {
        do {
          try value.checkTextLength(expandingRanges: true)
        } catch let error as Diagnostic {
          throw error.prefixed(by: name)
        }
      }
      Console.write(
        JSONText.text(of: .object(result.names.map { ($0.name, $0.value.json) })) + "\n")
    }
    for request in save { try save(request, from: result) }
  }

  private func save(_ request: String, from result: CodeResult) throws {
    let parts = request.split(separator: "=", maxSplits: 1)  // two, by validate()
    let (name, path) = (String(parts[0]), String(parts[1]))
    guard let value = result.names.first(where: { $0.name == name })?.value else {
      let names = result.names.map(\.name).joined(separator: ", ")
      throw Diagnostic(
        "the code defines no name '\(name)'",
        hint: names.isEmpty ? "assign a value to it" : "it defines \(names)")
    }
    try FileName.check(path)
    // The code may define the rate of a sound.
    let rate = result.names.first { $0.name == "sample_rate" }?.value.realNumber
    if let remark = try ValueFile.write(value, to: path, name: name, sampleRate: rate ?? 44_100) {
      Console.reportError(remark)
    }
  }

  /// The text of the file, or of standard input.
  private func readSource() throws -> String {
    let descriptor = try file.map { try Self.open($0) } ?? STDIN_FILENO
    defer { if file != nil { close(descriptor) } }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = retryingWhenInterrupted { Glibc.read(descriptor, &buffer, buffer.count) }
      guard count >= 0 else {
        throw Diagnostic("\(file ?? "standard input"): \(String(cString: strerror(errno)))")
      }
      if count == 0 { break }
      bytes += buffer[..<count]
      guard bytes.count <= 1 << 24 else {
        throw Diagnostic("the code is longer than 16 MB", hint: "keep data in files and load them")
      }
    }
    // Editors on Windows put a mark in front of text.
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Pipes and terminals may be read, too.
  private static func open(_ name: String) throws -> Int32 {
    try FileName.check(name)
    let descriptor = Glibc.open(name, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw Diagnostic("\(name): \(String(cString: strerror(errno)))", hint: "check the name")
    }
    return descriptor
  }
}
