import Compute
import Interpreter
import Messages
import Signals

/// SciPy's filters with feedback.
extension Builtins {
  static let feedbackFilters: [Builtin] = [
    Builtin(
      "signal.lfilter",
      [
        Parameter("b", note: "factors of the input and its past"),
        Parameter("a", note: "factors of the output and its past; a[0] is usually 1"),
        Parameter("x"), Parameter("axis", default: .int(-1)),
        .optional("zi", note: "what the past adds; the result is then (y, zf)"),
      ],
      """
      A filter with feedback: a[0] * y[n] = b[0] * x[n] + b[1] * x[n-1] + … - a[1] * y[n-1] - …. \
      With a = 1 it is a convolution, cut to the length of x. Coefficients that are 0 cost nothing, so \
      an echo may have a long delay.
      """
    ) { call in
      let arguments = call.arguments
      let (b, a) = try (coefficients("b", arguments), coefficients("a", arguments))
      let filter = try LinearFilter(numerator: b.doubles, denominator: a.doubles)
      let x = try filtered(arguments, with: b.type.promoted(with: a.type))
      // With feedback SciPy filters nothing to nothing.
      guard x.count > 0 || a.count > 1 else { throw arguments.error("x", "has no samples") }
      guard let initial = try arguments.optionalArray("zi") else {
        var none: [Double]?
        return .array(try filter.filter(x, axis: arguments.int("axis"), initial: &none))
      }
      let shape = try replacing(x.shape, axis: arguments.int("axis"), by: filter.order, x)
      return try stateful(arguments, x, initial, shape: shape, axis: arguments.int("axis")) {
        try filter.filter($0, axis: arguments.int("axis"), initial: &$1)
      }
    },

    Builtin(
      "signal.sosfilt",
      [
        Parameter("sos", note: "sections of order 2, from signal.butter(…, output=\"sos\")"),
        Parameter("x"), Parameter("axis", default: .int(-1)),
        .optional("zi", note: "(sections, 2): what the past adds; the result is then (y, zf)"),
      ],
      "A filter as a chain of short ones, which stays accurate where lfilter does not: at high orders."
    ) { call in
      let arguments = call.arguments
      let coefficients = try arguments.array("sos")
      let filter = try SecondOrderSections(coefficients)
      let x = try filtered(arguments, with: coefficients.type)
      guard try x.isScalar || x.shape[x.resolvedAxis(arguments.int("axis"))] > 0 else {
        throw arguments.error("x", "has no samples")
      }
      guard let initial = try arguments.optionalArray("zi") else {
        var none: [Double]?
        return .array(try filter.filter(x, axis: arguments.int("axis"), initial: &none))
      }
      guard x.axisCount == 1 else {
        throw arguments.error("zi", "is only possible for signals of one axis here")
      }
      return try stateful(arguments, x, initial, shape: [filter.count, 2], axis: nil) {
        try filter.filter($0, axis: arguments.int("axis"), initial: &$1)
      }
    },

    Builtin(
      "signal.butter",
      [
        Parameter("N", note: "the order: the steepness, 6 dB an octave each"),
        Parameter("Wn", note: "where the gain is -3 dB, in Hz with fs; (low, high) for bands"),
        Parameter(
          "btype", default: .string("low"), note: "'low', 'high', 'bandpass' or 'bandstop'"),
        Parameter("analog", default: .bool(false), note: "False"),
        Parameter("output", default: .string("ba"), note: "'ba' for lfilter, 'sos' for sosfilt"),
        .optional("fs", note: "the sample rate in Hz; 2 by default"),
      ],
      """
      A Butterworth filter, as flat as can be where it lets pass: b, a = signal.butter(2, 1000, \
      fs=rate), then signal.lfilter(b, a, x). For orders above 4 use output="sos" and sosfilt.
      """
    ) { call in
      let arguments = call.arguments
      let order = try arguments.int("N")
      guard (0...highestFilterOrder).contains(order) else {
        throw arguments.error("N", "is \(order), but must be 0 to \(highestFilterOrder)")
      }
      guard try !arguments.bool("analog") else {
        throw arguments.error("analog", "must be False: cells compute with samples")
      }
      let band = try band(arguments)
      let filter = butterworth(order: order, band)
      switch try arguments.string("output") {
      case "ba":
        let (b, a) = filter.coefficients
        return .tuple([.array(NDArray(b)), .array(NDArray(a))])
      case "sos":
        let rows = filter.sections
        return .array(NDArray(shape: [rows.count, 6], values: rows.flatMap { $0 }))
      case "zpk":
        var zeros = NDArray(filter.zeros)
        // SciPy's are complex only where there are two edges.
        switch band {
        case .low, .high: zeros = try zeros.realPart()
        case .band, .stop: break
        }
        return .tuple([
          .array(zeros), .array(NDArray(filter.poles)), .float(filter.gain),
        ])
      case let output:
        throw arguments.error("output", "is '\(output)'", hint: "use 'ba', 'sos' or 'zpk'")
      }
    },
  ]

  // MARK: Arguments

  private static func coefficients(_ name: String, _ arguments: Arguments) throws -> NDArray {
    let array = try arguments.array(name)
    guard array.axisCount <= 1 else { throw arguments.error(name, "must have one axis") }
    guard array.count > 0 else { throw arguments.error(name, "has no coefficients") }
    guard array.type != .complex128 else { throw arguments.error(name, "must be real") }
    return array.isScalar ? array.withShape([1]) : array
  }

  /// x in the type of the result. SciPy refuses whole numbers where everything is one.
  private static func filtered(_ arguments: Arguments, with type: ElementType) throws -> NDArray {
    let x = try arguments.array("x")
    let initial = try arguments.optionalArray("zi")?.type ?? .bool
    let common = x.type.promoted(with: type).promoted(with: initial)
    guard common.isFloat || common == .complex128 else {
      guard !arguments["zi"].isNone else {
        throw arguments.error(
          "x", "and the coefficients are all whole numbers, which SciPy does not filter",
          hint: "write x.astype(float)")
      }
      return try x.asType(.float64)
    }
    return try x.asType(common)
  }

  private static func replacing(
    _ shape: [Int], axis: Int, by length: Int, _ x: NDArray
  ) throws -> [Int] {
    var shape = shape
    guard !shape.isEmpty else { throw Diagnostic("a single number has no axis to filter along") }
    shape[try x.resolvedAxis(axis)] = length
    return shape
  }

  /// (y, zf): filters from a state on.
  ///
  /// - Parameter axis: of the states; nil where there is one.
  private static func stateful(
    _ arguments: Arguments, _ x: NDArray, _ initial: NDArray, shape: [Int], axis: Int?,
    _ filter: (NDArray, inout [Double]?) throws -> NDArray
  ) throws -> Value {
    guard x.type != .complex128, initial.type != .complex128 else {
      throw arguments.error("zi", "is only possible for real signals here")
    }
    guard initial.shape == shape else {
      throw arguments.error(
        "zi",
        "must have the shape \(NDArray.describe(shape: shape)), not "
          + NDArray.describe(shape: initial.shape))
    }
    // Rows lie along the last axis.
    var order = Array(0..<shape.count)
    if let axis {
      let axis = try initial.resolvedAxis(axis)
      order.remove(at: axis)
      order.append(axis)
    }
    let moved = try initial.transposed(axes: order)
    var state: [Double]? = try moved.doubles
    let y = try filter(x, &state)
    var undo = order
    for (new, old) in order.enumerated() { undo[old] = new }
    let final = try NDArray(shape: moved.shape, values: state ?? []).transposed(axes: undo)
    return .tuple([.array(y), .array(y.type == .float32 ? try final.asType(.float32) : final)])
  }

  private static func band(_ arguments: Arguments) throws -> FilterBand {
    let sampleRate = try arguments.optionalDouble("fs") ?? 2
    guard sampleRate > 0, sampleRate.isFinite else {
      throw arguments.error("fs", "must be above 0 Hz")
    }
    let given =
      try arguments["Wn"].realNumber.map { [$0] } ?? arguments.signal("Wn")
    for frequency in given where !(frequency > 0 && frequency < sampleRate / 2) {
      throw arguments.error(
        "Wn",
        "is \(Quantity(frequency)), but must be between 0 and half the sample rate, "
          + "\(Quantity(sampleRate / 2))",
        hint: arguments["fs"].isNone ? "in Hz with fs=" : nil)
    }
    guard given.count != 2 || given[0] < given[1] else {
      throw arguments.error("Wn", "must have the lower frequency first, as (low, high)")
    }
    let edges = given.map { 2 * $0 / sampleRate }
    let name = try arguments.string("btype")
    switch (name, edges.count) {
    case ("low", 1), ("lowpass", 1), ("lp", 1), ("l", 1): return .low(edges[0])
    case ("high", 1), ("highpass", 1), ("hp", 1), ("h", 1): return .high(edges[0])
    case ("band", 2), ("bandpass", 2), ("pass", 2), ("bp", 2):
      return .band(edges[0], edges[1])
    case ("stop", 2), ("bandstop", 2), ("bands", 2), ("bs", 2):
      return .stop(edges[0], edges[1])
    case ("low", _), ("lowpass", _), ("lp", _), ("l", _), ("high", _), ("highpass", _), ("hp", _),
      ("h", _):
      throw arguments.error("Wn", "must be one frequency for a low-pass or a high-pass")
    case ("band", _), ("bandpass", _), ("pass", _), ("bp", _), ("stop", _), ("bandstop", _),
      ("bands", _), ("bs", _):
      throw arguments.error("Wn", "must be two frequencies, (low, high), for a band")
    default:
      throw arguments.error(
        "btype", "is '\(name)'", hint: "use 'low', 'high', 'bandpass' or 'bandstop'")
    }
  }
}
