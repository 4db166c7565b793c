import Compute
import Interpreter

/// NumPy's `np.pad`.
extension Builtins {
  static let arrayPadding: [Builtin] = [
    Builtin(
      "np.pad",
      [
        Parameter("array"),
        Parameter("pad_width", note: "n, (before, after), or such a pair for each axis"),
        Parameter("mode", default: .string("constant")),
        Parameter(
          "constant_values", kind: .keywordOnly, default: .int(0), note: "or (before, after)"),
      ],
      """
      Adds elements at both ends: zeros or constant_values with mode "constant"; the end value \
      with "edge"; the array mirrored, without the end value with "reflect" or including it with \
      "symmetric"; the array repeated with "wrap".
      """
    ) { call in .array(try pad(call.arguments)) }
  ]

  private enum PadMode: String, CaseIterable { case constant, edge, reflect, symmetric, wrap }

  private static func pad(_ arguments: Arguments) throws -> NDArray {
    let array = try arguments.array("array")
    let widths = try pairs("pad_width", arguments).map { pair -> (before: Int, after: Int) in
      guard let before = pair.before.wholeNumber, let after = pair.after.wholeNumber else {
        throw arguments.error("pad_width", "must be whole numbers")
      }
      return (before, after)
    }
    let mode = try arguments.option("mode", PadMode.self)
    guard mode == .constant || !arguments.isGiven("constant_values") else {
      throw arguments.error("constant_values", "is only for mode=\"constant\"")
    }
    guard widths.allSatisfy({ $0.before >= 0 && $0.after >= 0 }) else {
      throw arguments.error("pad_width", "must not be negative")
    }
    let axisCount = array.axisCount
    guard widths.count == 1 || widths.count == axisCount else {
      throw arguments.error(
        "pad_width", "must be one pair, or one for each of the \(axisCount) axes")
    }
    let allWidths =
      widths.count == axisCount ? widths : Array(repeating: widths[0], count: axisCount)
    switch mode {
    case .edge: return try array.padded(allWidths, .edge)
    case .reflect: return try array.padded(allWidths, .reflect)
    case .symmetric: return try array.padded(allWidths, .symmetric)
    case .wrap: return try array.padded(allWidths, .wrap)
    case .constant: break
    }

    let values = try pairs("constant_values", arguments)
    guard values.count == 1, let before = try values[0].before.operand(),
      let after = try values[0].after.operand()
    else {
      throw arguments.error("constant_values", "must be a number, or a pair (before, after)")
    }
    if before.array.elements == after.array.elements {
      return try array.padded(allWidths, .constant(before))
    }
    // Axis by axis, since each end may have its own value and later axes fill the corners.
    var result = array
    for (axis, width) in allWidths.enumerated() {
      var widths = [(before: Int, after: Int)](repeating: (0, 0), count: axisCount)
      widths[axis].before = width.before
      result = try result.padded(widths, .constant(before))
      widths[axis] = (0, width.after)
      result = try result.padded(widths, .constant(after))
    }
    return result
  }

  /// `n`, `(n,)`, `(before, after)` or `((before, after), …)`, as pairs.
  private static func pairs(
    _ name: String, _ arguments: Arguments
  ) throws -> [(before: Value, after: Value)] {
    let value = arguments[name]
    guard value.itemCount != nil else { return [(value, value)] }
    let items = try value.items()
    if items.allSatisfy({ $0.realNumber != nil }), (1...2).contains(items.count) {
      return [(items[0], items[items.count - 1])]
    }
    return try items.map { item in
      let pair = try item.items("\(arguments.function): \(name)")
      guard (1...2).contains(pair.count) else {
        throw arguments.error(name, "must be n, (before, after), or such a pair for each axis")
      }
      return (pair[0], pair[pair.count - 1])
    }
  }
}
