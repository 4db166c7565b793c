import Builtins
import CellLanguage
import Compute
import Concurrency
import Glibc
import Interpreter
import Messages

/// Calls a built-in with arguments that are extreme in shape, type and value.
///
/// A call gets a fraction of a cell's memory and time, so that whatever looks at neither the budget
/// nor the clock shows at small sizes.
func makeCall(_ bytes: [UInt8]) {
  var choices = Choices(bytes: bytes)
  let builtin = choices.pick(from: callable)
  var values: [String: Value] = [:]
  var arguments: [String] = []
  for parameter in builtin.parameters {
    // Most calls leave most of the optional arguments out.
    if parameter.defaultValue != nil, choices.number(below: 3) > 0 { continue }
    for _ in 0..<(parameter.kind == .variadic ? choices.number(below: 4) : 1) {
      let name = "v\(values.count)"
      values[name] = choices.value(depth: 0)
      let isNamed = parameter.defaultValue != nil && parameter.kind != .variadic
      arguments.append(isNamed ? "\(parameter.name)=\(name)" : name)
    }
  }

  var code = "\(builtin.name)(\(arguments.joined(separator: ", ")))"
  if let type = types.first(where: { builtin.name.hasPrefix($0 + ".") }) {
    guard let value = arguments.first else { return }
    code =
      "\(value)\(builtin.name.dropFirst(type.count))"
      + "(\(arguments.dropFirst().joined(separator: ", ")))"
  }
  guard let program = try? Program(parsing: code) else { return }

  let budget = Budget(liveBytes: Budget.byteLimit - allowedBytes, seconds: allowedSeconds)
  var evaluator = Evaluator(
    context: CellContext(
      files: FileAccess(.folders([])), vocabulary: .standard, budget: budget), inputs: values)
  let memory = PeakMemory()
  let start = processorSeconds
  try? evaluator.run(program)
  let seconds = processorSeconds - start
  let taken = memory.growth
  guard seconds < allowedSeconds + secondsOfGrace, taken < allowedBytes + bytesOfGrace else {
    fatalError(
      "\(code) took \(seconds) s and \(taken >> 20) MiB with "
        + values.sorted { $0.key < $1.key }.map { "\($0.key) = \(describe($0.value))" }
        .joined(separator: ", "))
  }
}

/// This thread's, so that other programs do not count.
private var processorSeconds: Double {
  var time = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

private let allowedBytes = 64 << 20
private let allowedSeconds = 0.3
/// The sanitizer makes everything several times slower, and keeps freed memory for a while.
private let secondsOfGrace = 2.0
private let bytesOfGrace = 96 << 20

private let types = ["array", "tensor", "str", "list", "tuple", "range"]

/// Everything but what is exempt from the limits.
private let callable = Builtins.all
  .filter { !["train", "timeit", "save"].contains($0.name) }.sorted { $0.name < $1.name }

private func describe(_ value: Value) -> String {
  switch value {
  case .array(let array): "\(array.type) of shape \(NDArray.describe(shape: array.shape))"
  case .tensor(let tensor):
    "tensor, \(tensor.array.type) of shape \(NDArray.describe(shape: tensor.array.shape))"
  case .list(let items): "[\(items.map(describe).joined(separator: ", "))]"
  case .tuple(let items): "(\(items.map(describe).joined(separator: ", ")))"
  case .string(let text): "a text of \(text.utf8.count) bytes: \(text.prefix(20))"
  default: value.repr
  }
}

/// The resident memory of the process: how far it rises above where it is now.
private struct PeakMemory {
  private let before: Int

  init() {
    // The kernel forgets the peak.
    if let file = fopen("/proc/self/clear_refs", "w") {
      fputs("5", file)
      fclose(file)
    }
    before = Self.read("VmRSS:")
  }

  var growth: Int { Self.read("VmHWM:") - before }

  private static func read(_ key: String) -> Int {
    guard let file = fopen("/proc/self/status", "r") else { return 0 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    while fgets(&line, 256, file) != nil {
      let text = String(
        decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      guard text.hasPrefix(key) else { continue }
      return (text.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? 0)
        << 10
    }
    return 0
  }
}

/// Decisions read from the fuzzer's bytes; when these are used up, always the first choice.
private struct Choices {
  private var rest: ArraySlice<UInt8>

  init(bytes: [UInt8]) { rest = bytes[...] }

  mutating func number(below limit: Int) -> Int {
    guard let first = rest.popFirst() else { return 0 }
    return (limit > 256 ? Int(first) << 8 | Int(rest.popFirst() ?? 0) : Int(first)) % limit
  }

  mutating func pick<Item>(from items: [Item]) -> Item { items[number(below: items.count)] }

  mutating func value(depth: Int) -> Value {
    switch number(below: 12) {
    case 0...3: .array(array())
    case 4...5: .tensor(Tensor(array()))
    case 6: .int(pick(from: Self.wholeNumbers))
    case 7: .float(pick(from: Self.floats))
    case 8: .string(pick(from: Self.texts))
    case 9: pick(from: [.none, .bool(true), .bool(false)])
    case 10 where depth < 3:
      // Repeated, because that costs the caller little.
      .list(
        [Value](repeating: value(depth: depth + 1), count: pick(from: [0, 1, 2, 3, 50, 10_000])))
    case 11 where depth < 3: .tuple((0..<number(below: 4)).map { _ in value(depth: depth + 1) })
    default: .elementType(pick(from: ElementType.allCases))
    }
  }

  private mutating func array() -> NDArray {
    let type = pick(from: ElementType.allCases)
    let shape = pick(from: Self.shapes)
    let values = pick(from: Self.floats)
    let isRamp = number(below: 2) == 0
    let count = shape.reduce(1, *)
    let numbers = (0..<count).map { isRamp ? Double($0) * 0.37 : values }
    // Small enough, and there is no budget yet.
    return try! NDArray(shape: shape, values: numbers).asType(type)
  }

  private static let wholeNumbers = [
    0, 1, -1, 2, 3, 7, 64, 1000, 1_000_000, 100_000_000, 1 << 31, 1 << 40, .max, .min,
  ]

  private static let floats = [
    0, 0.5, -1, 1e-300, 1e308, 440, 1e9, .nan, .infinity, -.infinity, -0.0,
  ]

  private static let texts = [
    "", "a", "same", "valid", "full", "fft", "direct", "hann", "kaiser", "reflect", "wrap", "sum",
    "float64", "bandpass", "log", String(repeating: "a", count: 1 << 20),
  ]

  /// At most half a million elements, or none along axes of any length.
  private static let shapes = [
    [], [0], [1], [3], [3, 3], [1000], [500_000], [499_979], [1 << 18], [500_000, 1], [1, 500_000],
    [700, 700], [250_000, 2], [100_000, 1, 5], [2, 3, 4], [16, 16, 400], [32, 16, 9],
    [1, 1, 100_000],
    [1_000_000_000, 0], [0, 1_000_000_000], [20_000_000, 0], [30_000, 0, 30_000],
    [Int](repeating: 1, count: 64), [Int](repeating: 2, count: 18),
  ]
}
