import Compute
import Interpreter
import Messages

/// NumPy's random generators, and what both kinds draw. `RandomChoices` has what they pick.
extension Builtins {
  static let randomGenerators: [Builtin] =
    [
      Builtin(
        "np.random.default_rng",
        [Parameter("seed", note: "a whole number that is not negative, or a list of these")],
        """
        A generator of random numbers: rng = np.random.default_rng(0), then rng.normal(size=100). A \
        seed always gives the same numbers, NumPy's own. Each draw advances the generator; it belongs \
        to the cell that makes it.
        """
      ) { call in
        if case .generator(let generator) = call.arguments["seed"], generator.kind == .generator {
          return call.arguments["seed"]
        }
        let stream = PCG64Generator(entropy: try entropy(call.arguments))
        return .generator(RandomGenerator(.generator, stream, in: call.context))
      },
      Builtin(
        "np.random.RandomState", [Parameter("seed", note: "0 to 2**32 - 1")],
        """
        A generator of the numbers that np.random.seed(seed) gives, for what was written for it. \
        Otherwise as np.random.default_rng.
        """
      ) { call in
        try requireSeed(call.arguments)
        guard let seed = UInt32(exactly: try call.arguments.int("seed")) else {
          throw call.arguments.error(
            "seed", "is \(try call.arguments.int("seed")), but must be 0 to 2**32 - 1")
        }
        let stream = NumPyGenerator(seed: seed, usesSystemLogarithm: true)
        return .generator(RandomGenerator(.randomState, stream, in: call.context))
      },
    ]
    + both("random", [drawnSize], "Numbers from 0 to below 1, all equally likely.", samples)
    + both(
      "standard_normal", [drawnSize],
      "Normal numbers with mean 0 and standard deviation 1: white noise."
    ) { call in
      try numbers(call, count: shape(call.arguments)) { try $0.standardNormals($1) }
    }
    + both(
      "normal",
      [
        Parameter("loc", default: .float(0), note: "the mean"),
        Parameter("scale", default: .float(1), note: "the standard deviation"), drawnSize,
      ],
      "Normal numbers, the bell curve: 0.05 * noise of rng.normal(size=len(x)) roughens a sound."
    ) { call in
      let (mean, deviation) = try (call.arguments.array("loc"), call.arguments.array("scale"))
      guard try deviation.doubles.allSatisfy({ !($0 < 0) }) else {
        throw call.arguments.error("scale", "must not be negative")
      }
      return try scaled(call, from: mean, by: deviation) { try $0.standardNormals($1) }
    }
    + both(
      "uniform",
      [
        Parameter("low", default: .float(0)), Parameter("high", default: .float(1)), drawnSize,
      ],
      "Numbers from low to below high, all equally likely."
    ) { call in
      let (low, high) = try (call.arguments.array("low"), call.arguments.array("high"))
      let range = try NDArray.binary(.subtract, .array(high), .array(low)).asType(.float64)
      let widths = try range.doubles
      guard widths.allSatisfy(\.isFinite) else {
        throw call.arguments.error("high", "minus low must be finite")
      }
      guard try isLegacy(call) || widths.allSatisfy({ $0 >= 0 }) else {
        throw call.arguments.error("high", "must not be below low")
      }
      return try scaled(call, from: low, by: range) { try $0.randomSamples($1) }
    }
    + [
      Builtin(
        "Generator.integers",
        [
          generator, Parameter("low", note: "the lowest; with low alone, they begin at 0"),
          .optional("high", note: "above the highest"), drawnSize,
          .optional("dtype", note: "np.int64 by default"),
          Parameter("endpoint", default: .bool(false), note: "whether high is one of them"),
        ],
        "Whole numbers from low to below high, all equally likely."
      ) { call in try integers(&call, endpoint: call.arguments.bool("endpoint")) },
      Builtin(
        "RandomState.randint",
        [
          generator, Parameter("low", note: "the lowest; with low alone, they begin at 0"),
          .optional("high", note: "above the highest"), drawnSize,
          .optional("dtype", note: "np.int64 by default"),
        ],
        "Whole numbers from low to below high, all equally likely."
      ) { call in try integers(&call, endpoint: false) },
      Builtin(
        "RandomState.random_sample", [generator, drawnSize],
        "Numbers from 0 to below 1: another name for random.", call: samples),
      Builtin(
        "RandomState.rand", [generator, Parameter("d", kind: .variadic, note: "lengths")],
        "Numbers from 0 to below 1: rand(2, 3) is random((2, 3))."
      ) { call in
        try numbers(call, count: dimensions(call.arguments)) { try $0.randomSamples($1) }
      },
      Builtin(
        "RandomState.randn", [generator, Parameter("d", kind: .variadic, note: "lengths")],
        "Normal numbers: randn(2, 3) is standard_normal((2, 3))."
      ) { call in
        try numbers(call, count: dimensions(call.arguments)) { try $0.standardNormals($1) }
      },
    ]

  static let generator = Parameter("rng")
  static let drawnSize = Parameter.optional(
    "size", note: "how many: a length or a shape; one number by default")

  /// The method of both kinds of generators.
  static func both(
    _ name: String, _ parameters: [Parameter], _ summary: String,
    _ call: @escaping @Sendable (inout Call) throws -> Value
  ) -> [Builtin] {
    ["Generator", "RandomState"].map {
      Builtin("\($0).\(name)", [generator] + parameters, summary, call: call)
    }
  }

  // MARK: Seeds

  private static func requireSeed(_ arguments: Arguments) throws {
    guard !arguments["seed"].isNone else {
      throw arguments.error(
        "seed", "must be a number here, so that each run of the cell draws the same",
        hint: "write \(arguments.function)(0)")
    }
  }

  /// The seed in words of 32 bits.
  private static func entropy(_ arguments: Arguments) throws -> [UInt32] {
    try requireSeed(arguments)
    let seeds = try arguments.ints("seed")
    return try seeds.flatMap { seed in
      guard seed >= 0 else {
        throw arguments.error("seed", "is \(seed), but must not be negative")
      }
      return seed <= Int(UInt32.max)
        ? [UInt32(seed)] : [UInt32(truncatingIfNeeded: seed), UInt32(seed >> 32)]
    }
  }

  // MARK: Draws

  static func draw<Result>(
    _ call: Call, _ work: (inout any RandomStream) throws -> Result
  ) throws -> Result {
    guard case .generator(let generator) = call.arguments["rng"] else {
      throw call.arguments.wrongType("rng", "a generator")
    }
    return try generator.draw(in: call.context, work)
  }

  static func isLegacy(_ call: Call) throws -> Bool {
    guard case .generator(let generator) = call.arguments["rng"] else { return false }
    return generator.kind == .randomState
  }

  /// The shape that `size` asks for; nil for one number.
  static func shape(_ arguments: Arguments) throws -> [Int]? {
    arguments["size"].isNone ? nil : try arguments.shape("size")
  }

  /// The arguments of rand and randn.
  private static func dimensions(_ arguments: Arguments) throws -> [Int]? {
    let lengths = try arguments.list("d")
    guard !lengths.isEmpty else { return nil }
    return try lengths.map { length in
      guard let length = length.wholeNumber, length >= 0 else {
        throw arguments.error("d", "must be whole numbers that are not negative")
      }
      return length
    }
  }

  @Sendable private static func samples(_ call: inout Call) throws -> Value {
    try numbers(call, count: shape(call.arguments)) { try $0.randomSamples($1) }
  }

  /// An array of this shape, or one number.
  private static func numbers(
    _ call: Call, count shape: [Int]?,
    _ numbers: (inout any RandomStream, Int) throws -> [Double]
  ) throws -> Value {
    let count = try NDArray.checkedCount(shape: shape ?? [], type: .float64)
    let values = try draw(call) { try numbers(&$0, count) }
    return shape.map { .array(NDArray(shape: $0, values: values)) } ?? .float(values[0])
  }

  /// Each number times a scale plus an offset, both of which may be arrays.
  private static func scaled(
    _ call: Call, from offset: NDArray, by scale: NDArray,
    _ numbers: (inout any RandomStream, Int) throws -> [Double]
  ) throws -> Value {
    for (name, array) in [("offset", offset), ("scale", scale)] where array.type == .complex128 {
      throw Diagnostic("\(call.builtin.name): the \(name) must be real")
    }
    // 0 in the shape of both, or the reason why they do not fit.
    let common = try NDArray.binary(.add, .array(offset), .array(scale)).shape
    let asked = try shape(call.arguments)
    let shape = asked ?? common
    guard try NDArray.broadcastShape([common, shape]) == shape else {
      throw call.arguments.error(
        "size",
        "\(NDArray.describe(shape: shape)) does not fit the other arguments, whose shape is "
          + NDArray.describe(shape: common))
    }
    let count = try NDArray.checkedCount(shape: shape, type: .float64)
    let values = NDArray(shape: shape, values: try draw(call) { try numbers(&$0, count) })
    let result = try NDArray.binary(
      .add, .array(offset.asType(.float64)),
      .array(.binary(.multiply, .array(scale.asType(.float64)), .array(values))))
    return asked == nil && shape.isEmpty ? result.item() : .array(result)
  }

  // MARK: Integers

  private static func integers(_ call: inout Call, endpoint: Bool) throws -> Value {
    let arguments = call.arguments
    let type = try arguments.optionalElementType("dtype") ?? .int64
    let hasHigh = !arguments["high"].isNone
    let low = hasHigh ? try whole("low", arguments) : NDArray(scalar: 0)
    let high = try whole(hasHigh ? "high" : "low", arguments)
    let asked = try shape(arguments)
    guard low.isScalar, high.isScalar else {
      guard type == .int64 else {
        throw arguments.error("dtype", "must be np.int64 for several ranges")
      }
      return try integers(call, from: low, to: high, endpoint: endpoint)
    }
    let (first, above): (Int, Int) = try (low.values()[0], high.values()[0])
    let limit = try limit(from: first, to: above, endpoint: endpoint, arguments)
    let count = try NDArray.checkedCount(shape: asked ?? [], type: type)
    guard try NDArray(scalar: first).fits(type),
      try NDArray(scalar: first &+ Int(bitPattern: UInt(limit))).fits(type)
    else {
      throw arguments.error("dtype", "\(type.rawValue) does not hold all numbers of the range")
    }
    let elements = try draw(call) { stream -> NDArray.Elements in
      switch type {
      case .int64: return .int64(try stream.integers(count, from: first, upTo: limit))
      case .int32:
        let values = try stream.integers(count, from: first, upTo: limit)
        return try NDArray(values).asType(.int32).elements
      case .int16:
        let values = try stream.narrowIntegers(
          count, from: UInt16(truncatingIfNeeded: first), upTo: UInt16(limit))
        return .int16(try values.mapInChunks { Int16(bitPattern: $0) })
      case .uint8:
        return .uint8(try stream.narrowIntegers(count, from: UInt8(first), upTo: UInt8(limit)))
      case .bool:
        return .bool(
          limit == 0
            ? try [Bool](filled: first != 0, count: count) : try stream.randomBits(count))
      case .float32, .float64, .complex128:
        throw arguments.error("dtype", "must be a type of whole numbers")
      }
    }
    return .array(NDArray(shape: asked ?? [], elements: elements))
  }

  /// A range for each element.
  private static func integers(
    _ call: Call, from low: NDArray, to high: NDArray, endpoint: Bool
  ) throws -> Value {
    let common = try NDArray.broadcastShape([low.shape, high.shape])
    let shape = try shape(call.arguments) ?? common
    guard try NDArray.broadcastShape([common, shape]) == shape else {
      throw call.arguments.error("size", "does not fit the shapes of low and high")
    }
    let lows: [Int] = try low.broadcast(to: shape).values()
    let highs: [Int] = try high.broadcast(to: shape).values()
    let limits = try lows.indices.map {
      try limit(from: lows[$0], to: highs[$0], endpoint: endpoint, call.arguments)
    }
    let values = try draw(call) { stream in
      try [Int](computing: lows.count, steps: 16) { index in
        stream.integer(from: lows[index], upTo: limits[index])
      }
    }
    return .array(NDArray(shape: shape, values: values))
  }

  /// The highest number minus the lowest.
  private static func limit(
    from low: Int, to high: Int, endpoint: Bool, _ arguments: Arguments
  ) throws -> UInt64 {
    guard endpoint ? low <= high : low < high else {
      let name = arguments["high"].isNone ? "low" : "high"
      let bound = arguments["high"].isNone ? "0" : "low, \(low)"
      throw arguments.error(
        name, "is \(high), but must be \(endpoint ? "at least" : "above") \(bound)")
    }
    return UInt64(bitPattern: Int64(high &- low)) &- (endpoint ? 0 : 1)
  }

  /// Whole numbers of any integer type, or the error.
  private static func whole(_ name: String, _ arguments: Arguments) throws -> NDArray {
    let array = try arguments.array(name)
    guard array.type.isInteger || array.type == .bool else {
      throw arguments.error(
        name, "must be a whole number", hint: "use int(…) or // where a number has a fraction")
    }
    return try array.asType(.int64)
  }
}

extension NDArray {
  /// Whether the whole numbers are the same as this type.
  fileprivate func fits(_ type: ElementType) throws -> Bool {
    try asType(type).asType(.int64) == self
  }
}
