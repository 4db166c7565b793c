import Compute
import Messages

extension Value {
  /// The text of an f-string's field: `f"{value!r:>10}"`.
  ///
  /// - Parameters:
  ///   - specification: Python's format specification, "" for none.
  ///   - conversion: "r" formats the value's repr, "s" its str.
  /// - Throws: When the specification is invalid or does not suit the value, or has a width or
  ///   precision above 10,000.
  package func formatted(
    _ specification: String, conversion: Character? = nil
  ) throws(Diagnostic) -> String {
    switch conversion {
    case "r": return try Value.string(repr).formatted(specification)
    case "s": return try Value.string(str).formatted(specification)
    default: break
    }
    guard !specification.isEmpty else { return emptyFormat }
    let parsed = try FormatSpecification(specification)
    switch self {
    case .string(let text): return try parsed.format(text)
    case .int(let value): return try parsed.format(value, of: "an integer")
    case .bool(let value): return try parsed.format(value ? 1 : 0, of: "a bool")
    case .float(let value): return try parsed.format(value, of: "a float")
    case .array(let array) where array.isScalar:
      if case .complex128(let numbers) = array.elements { return try parsed.format(numbers[0]) }
      return try array.item().formatted(specification)
    case .tensor(let tensor) where tensor.array.isScalar:
      return try tensor.array.item().formatted(specification)
    default:
      throw Diagnostic(
        "a format specification cannot be used with \(kindForFormat)",
        hint: "write the field without ':…', or with !s before it")
    }
  }

  /// As `str`, but a float32 becomes a Python float first, as in NumPy.
  private var emptyFormat: String {
    if case .array(let array) = self, array.shape.isEmpty, case .float32(let a) = array.elements {
      return floatText(Double(a[0]))
    }
    // PyTorch formats a tensor without axes as Python's number.
    if case .tensor(let tensor) = self, tensor.array.isScalar { return tensor.array.item().str }
    return str
  }

  private var kindForFormat: String {
    switch self {
    case .none: "None"
    case .list: "a list"
    case .tuple: "a tuple"
    case .range: "a range"
    case .array: "an array"
    case .tensor: "a tensor that has axes"
    default: "a value of this kind"
    }
  }
}

extension FormatSpecification {
  // MARK: Strings

  fileprivate func format(_ text: String) throws(Diagnostic) -> String {
    try require(type == nil || type == "s", unknownType("a string"))
    try require(sign == nil, "a string has no sign")
    try require(!coercesNegativeZero, "'z' is for floats, not for a string")
    try require(!isAlternate, "'#' is for numbers, not for a string")
    try require(grouping == nil, "digits can be grouped in numbers, not in a string")
    try require(alignment != .afterSign, "'=' aligns numbers, not a string")
    let shown = precision.map { String(String.UnicodeScalarView(text.unicodeScalars.prefix($0))) }
    return padded(shown ?? text, alignment: .left)
  }

  // MARK: Integers

  fileprivate func format(_ value: Int, of kind: String) throws(Diagnostic) -> String {
    let floatTypes: [Unicode.Scalar] = ["e", "E", "f", "F", "g", "G", "%"]
    if let type, floatTypes.contains(type) { return try format(Double(value), of: kind) }
    try require(!coercesNegativeZero, "'z' is for floats, not for \(kind)")
    try require(
      precision == nil, "\(kind) has no digits after a point",
      hint: "write .2f to format it as a float")
    var digits: String
    var prefix = ""
    var groupSize = 3
    switch type {
    case nil, "d": digits = String(value.magnitude)
    case "n":
      try require(grouping == nil, "'n' and grouping exclude each other", hint: "write 'd'")
      digits = String(value.magnitude)
    case "b", "o", "x", "X":
      try require(grouping != ",", "',' groups decimal digits only", hint: "write '_'")
      let radix = type == "b" ? 2 : type == "o" ? 8 : 16
      digits = String(value.magnitude, radix: radix, uppercase: type == "X")
      if isAlternate, let type { prefix = "0" + String(type) }
      groupSize = 4
    case "c":
      try require(
        sign == nil && !isAlternate && grouping == nil, "'c' has no sign, '#' or grouping")
      guard let code = UInt32(exactly: value), let scalar = Unicode.Scalar(code) else {
        throw Diagnostic("no character has the number \(value)")
      }
      return number(sign: "", whole: String(scalar), rest: "")
    default: throw Diagnostic(unknownType(kind), hint: Self.numberTypes)
    }
    return number(
      sign: signText(isNegative: value < 0) + prefix, whole: digits, rest: "", groupSize: groupSize)
  }

  // MARK: Floats

  fileprivate func format(_ value: Double, of kind: String) throws(Diagnostic) -> String {
    var text = try digits(of: value, kind)
    let isNegative = text.hasPrefix("-")
    if isNegative { text.removeFirst() }
    let isZero = !text.prefix { $0 != "e" && $0 != "E" }.contains { $0.isNumber && $0 != "0" }
    let sign = signText(
      isNegative: isNegative && !(coercesNegativeZero && value.isFinite && isZero))
    let whole = text.prefix { $0.isLetter ? !value.isFinite : $0 != "." && $0 != "%" }
    return number(sign: sign, whole: String(whole), rest: String(text.dropFirst(whole.count)))
  }

  /// The number with its minus sign, not yet grouped and padded.
  private func digits(of value: Double, _ kind: String) throws(Diagnostic) -> String {
    let flag = isAlternate ? "#" : ""
    let isUppercase = type == "E" || type == "F" || type == "G"
    var text: String
    switch type {
    case "e", "E": text = printed(value, precision: precision ?? 6, conversion: flag + "e")
    case "f", "F": text = printed(value, precision: precision ?? 6, conversion: flag + "f")
    case "%": text = printed(value * 100, precision: precision ?? 6, conversion: flag + "f") + "%"
    case "g", "G", "n":
      try require(
        type != "n" || grouping == nil, "'n' and grouping exclude each other", hint: "write 'g'")
      text = general(value, precision: precision ?? 6)
    case nil:
      text = precision.map { general(value, precision: $0, keepsFraction: true) } ?? shortest(value)
    default: throw Diagnostic(unknownType(kind), hint: Self.numberTypes)
    }
    if !value.isFinite { text = nonFiniteText(value) + (type == "%" ? "%" : "") }
    return isUppercase ? text.uppercased() : text
  }

  /// At most `precision` significant digits, with an exponent where the number is small or has more
  /// digits before the point.
  ///
  /// Not printf's "%#g": glibc's loses the zeros of 999999.5, which rounds to 1.00000e+06.
  ///
  /// - Parameter keepsFraction: As Python does without a type: at least one digit follows the
  ///   point.
  private func general(_ value: Double, precision: Int, keepsFraction: Bool = false) -> String {
    guard value.isFinite else { return nonFiniteText(value) }
    let digits = max(precision, 1)
    let parts = printed(value, precision: digits - 1, conversion: "#e").split(separator: "e")
    let exponent = Int(parts[1]) ?? 0
    if exponent < -4 || exponent >= (keepsFraction ? digits - 1 : digits) {
      return withoutZeros(String(parts[0])) + "e" + parts[1]
    }
    let text = withoutZeros(printed(value, precision: digits - 1 - exponent, conversion: "#f"))
    return keepsFraction && !text.contains(".") ? text + ".0" : text
  }

  /// '#' keeps the point and the zeros after it.
  private func withoutZeros(_ text: String) -> String {
    guard !isAlternate else { return text }
    var text = text
    while text.hasSuffix("0") { text.removeLast() }
    return text.hasSuffix(".") ? String(text.dropLast()) : text
  }

  /// As repr, but '#' puts a point into "1e+16".
  private func shortest(_ value: Double) -> String {
    let text = floatText(value)
    guard isAlternate, value.isFinite, !text.contains(".") else { return text }
    let parts = text.split(separator: "e")
    return parts[0] + ".e" + parts[1]
  }

  // MARK: Complex numbers

  fileprivate func format(_ value: Complex) throws(Diagnostic) -> String {
    try require(!hasZeroFlag, "a complex number cannot be padded with zeros")
    try require(alignment != .afterSign, "'=' aligns real numbers, not a complex one")
    try require(type != "%", unknownType("a complex number"))
    var part = self
    part.width = nil
    part.alignment = nil
    var imaginaryPart = part
    imaginaryPart.sign = "+"
    func text(_ value: Double, _ part: FormatSpecification) throws(Diagnostic) -> String {
      let text = try part.format(value, of: "a complex number")
      // Without a type Python writes whole parts without a point.
      return type == nil && text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
    if type != nil {
      let whole = try text(value.real, part) + text(value.imaginary, imaginaryPart) + "j"
      return padded(whole, alignment: .right)
    }
    if value.real == 0, value.real.sign == .plus {
      return padded(try text(value.imaginary, part) + "j", alignment: .right)
    }
    let inner = try text(value.real, part) + text(value.imaginary, imaginaryPart)
    return padded("(\(inner)j)", alignment: .right)
  }

  // MARK: Parts

  private func signText(isNegative: Bool) -> String {
    if isNegative { return "-" }
    return sign == "+" ? "+" : sign == " " ? " " : ""
  }

  private func unknownType(_ kind: String) -> String {
    "the format code '\(type.map(String.init) ?? "")' is unknown for \(kind)"
  }

  private static let numberTypes = "write d for whole numbers, or f, e, g or %"

  private func require(
    _ condition: Bool, _ message: @autoclosure () -> String, hint: String? = nil
  ) throws(Diagnostic) {
    guard condition else { throw Diagnostic(message(), hint: hint) }
  }
}
