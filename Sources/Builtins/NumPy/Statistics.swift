import Compute
import Interpreter
import Messages

/// NumPy's functions that say how values are distributed.
extension Builtins {
  static let statistics: [Builtin] = [
    Builtin(
      "np.median", [Parameter("a"), anyAxis, keepdims],
      "The middle one of the sorted elements, or the mean of the middle two."
    ) { call in
      .array(
        try call.arguments.array("a").median(
          axis: call.arguments.optionalInt("axis"), keepingAxes: call.arguments.bool("keepdims")))
    },
    Builtin(
      "np.percentile",
      [Parameter("a"), Parameter("q", note: "0 to 100, or several"), anyAxis, keepdims],
      "The value below which q percent of the elements lie, interpolated between neighbours."
    ) { call in try quantiles(call.arguments, ofHundred: true) },
    Builtin(
      "np.quantile",
      [Parameter("a"), Parameter("q", note: "0 to 1, or several"), anyAxis, keepdims],
      "The value below which this part of the elements lies, interpolated between neighbours."
    ) { call in try quantiles(call.arguments, ofHundred: false) },

    Builtin(
      "np.histogram",
      [
        Parameter("a"),
        Parameter("bins", default: .int(10), note: "how many, or their edges"),
        .optional("range", note: "(lowest, highest); what is outside does not count"),
        Parameter("density", default: .bool(false), note: "True: scaled to an area of 1"),
      ],
      """
      How many elements fall into each bin, as (counts, edges). A bin contains its lower edge, the last \
      one its upper edge, too. plot(edges[:-1], counts) draws it.
      """
    ) { call in
      let arguments = call.arguments
      let array = try arguments.array("a")
      guard array.type != .complex128 else { throw arguments.error("a", "must be real") }
      let edges: NDArray
      let histogram: Histogram
      if let count = arguments["bins"].wholeNumber {
        histogram = try Histogram(
          of: array.doubles, binCount: count, range: range(arguments))
        edges = try NDArray(histogram.edges).asType(array.type == .float32 ? .float32 : .float64)
      } else {
        if case .string = arguments["bins"] {
          throw arguments.wrongType("bins", "a number or a list of edges")
        }
        edges = try arguments.array("bins")
        histogram = try Histogram(of: array.doubles, edges: arguments.signal("bins"))
      }
      let counts =
        try arguments.bool("density")
        ? NDArray(histogram.densities) : NDArray(histogram.counts)
      return .tuple([.array(counts), .array(edges)])
    },

    Builtin(
      "np.interp",
      [
        Parameter("x", note: "where"), Parameter("xp", note: "positions that increase"),
        Parameter("fp", note: "the values there"),
        .optional("left", note: "the value before the first position; fp[0] by default"),
        .optional("right", note: "the value behind the last position; fp[-1] by default"),
      ],
      "The values at x of straight lines between points: an envelope, or a change of speed."
    ) { call in
      let arguments = call.arguments
      return .array(
        try arguments.array("x").interpolated(
          positions: arguments.signal("xp"), values: arguments.signal("fp"),
          left: arguments.optionalDouble("left"), right: arguments.optionalDouble("right")))
    },
    Builtin(
      "np.unwrap",
      [
        Parameter("p", note: "angles in radians"),
        .optional("discont", note: "smaller jumps stay; half a period by default"),
        Parameter("axis", default: .int(-1)),
        Parameter("period", kind: .keywordOnly, default: .float(2 * .pi)),
      ],
      "Angles without jumps over the end of a turn: np.unwrap(np.angle(h)) is the phase of a filter."
    ) { call in
      .array(
        try call.arguments.array("p").unwrapped(
          axis: call.arguments.int("axis"), period: call.arguments.double("period"),
          threshold: call.arguments.optionalDouble("discont")))
    },

    Builtin(
      "np.isclose", closeness, "Whether numbers are equal but for rounding, element by element."
    ) { call in .array(try areClose(call.arguments)) },
    Builtin(
      "np.allclose", closeness, "Whether all numbers are equal but for rounding."
    ) { call in .bool(try areClose(call.arguments).all().item().isTrue()) },
  ]

  private static let closeness = [
    Parameter("a"), Parameter("b"),
    Parameter("rtol", default: .float(1e-5), note: "how far apart, in parts of b"),
    Parameter("atol", default: .float(1e-8), note: "and how far in any case"),
    Parameter("equal_nan", default: .bool(false), note: "whether nan equals nan"),
  ]

  private static func quantiles(_ arguments: Arguments, ofHundred: Bool) throws -> Value {
    var fractions = try arguments.array("q").asType(.float64)
    if ofHundred { fractions = try .binary(.divide, .array(fractions), .float(100)) }
    guard fractions.axisCount <= 1 else { throw arguments.error("q", "must have one axis") }
    guard try fractions.doubles.allSatisfy({ $0 >= 0 && $0 <= 1 }) else {
      throw arguments.error("q", "must be from 0 to \(ofHundred ? 100 : 1)")
    }
    return .array(
      try arguments.array("a").quantiles(
        fractions, axis: arguments.optionalInt("axis"), keepingAxes: arguments.bool("keepdims")))
  }

  private static func range(_ arguments: Arguments) throws -> (low: Double, high: Double)? {
    guard let values = try arguments.optionalList("range") else { return nil }
    let numbers = values.compactMap(\.realNumber)
    guard values.count == 2, numbers.count == 2, numbers[0] <= numbers[1] else {
      throw arguments.error("range", "must be (lowest, highest)")
    }
    return (numbers[0], numbers[1])
  }

  /// |a - b| <= atol + rtol |b|; infinities must be equal.
  private static func areClose(_ arguments: Arguments) throws -> NDArray {
    let (a, b) = try (arguments.array("a"), arguments.array("b"))
    let wide = ElementType.float64.promoted(with: a.type.promoted(with: b.type))
    let (x, y) = (Operand.array(try a.asType(wide)), Operand.array(try b.asType(wide)))
    let distance = try NDArray.unary(.absolute, .binary(.subtract, x, y))
    let scaled = try NDArray.binary(
      .multiply, .float(arguments.double("rtol")), .array(.unary(.absolute, y.array)))
    let allowed = try NDArray.binary(.add, .float(arguments.double("atol")), .array(scaled))
    let isNear = try NDArray.binary(.lessEqual, .array(distance), .array(allowed))
    let isFinite = try NDArray.binary(
      .bitwiseAnd, .array(isNear), .array(y.array.isFinite()))
    var result = try NDArray.binary(
      .bitwiseOr, .array(isFinite), .array(.binary(.equal, x, y)))
    if try arguments.bool("equal_nan") {
      let both = try NDArray.binary(
        .bitwiseAnd, .array(x.array.isNaN()), .array(y.array.isNaN()))
      result = try NDArray.binary(.bitwiseOr, .array(result), .array(both))
    }
    return result
  }
}
