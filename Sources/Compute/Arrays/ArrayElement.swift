/// A Swift type that an array can hold, with NumPy's casts to every other one.
///
/// The casts never trap. There is one property per family of target types, because C, and so NumPy,
/// converts a float to a narrow integer through 32 bits: 300.0 becomes 44 as uint8.
package protocol ArrayElement: Equatable, Sendable {
  static var type: ElementType { get }
  static var zero: Self { get }
  /// The same values as the matching case of the array's storage.
  static func elements(_ values: [Self]) -> NDArray.Elements
  init(casting other: some ArrayElement)

  var asBool: Bool { get }
  /// Truncated; NaN and what does not fit become the smallest integer.
  var asInt: Int { get }
  /// The low 32 bits of integers; for floats as ``asInt``.
  var asInt32: Int32 { get }
  var asFloat: Float { get }
  var asDouble: Double { get }
  var asComplex: Complex { get }
  /// NumPy's order: complex numbers by real part, then by imaginary part.
  func precedes(_ other: Self) -> Bool
  /// NaN, or a complex number with a NaN in it.
  var isNotANumber: Bool { get }
}

// MARK: Integers

extension ArrayElement where Self: BinaryInteger {
  package var asBool: Bool { self != 0 }
  package var asInt: Int { Int(truncatingIfNeeded: self) }
  package var asInt32: Int32 { Int32(truncatingIfNeeded: self) }
  package var asFloat: Float { Float(self) }
  package var asDouble: Double { Double(self) }
  package var asComplex: Complex { Complex(Double(self), 0) }
  package func precedes(_ other: Self) -> Bool { self < other }
  package var isNotANumber: Bool { false }
}

extension UInt8: ArrayElement {
  package static var type: ElementType { .uint8 }
  package static func elements(_ values: [UInt8]) -> NDArray.Elements { .uint8(values) }
  package init(casting other: some ArrayElement) { self.init(truncatingIfNeeded: other.asInt32) }
}

extension Int16: ArrayElement {
  package static var type: ElementType { .int16 }
  package static func elements(_ values: [Int16]) -> NDArray.Elements { .int16(values) }
  package init(casting other: some ArrayElement) { self.init(truncatingIfNeeded: other.asInt32) }
}

extension Int32: ArrayElement {
  package static var type: ElementType { .int32 }
  package static func elements(_ values: [Int32]) -> NDArray.Elements { .int32(values) }
  package init(casting other: some ArrayElement) { self = other.asInt32 }
}

extension Int: ArrayElement {
  package static var type: ElementType { .int64 }
  package static func elements(_ values: [Int]) -> NDArray.Elements { .int64(values) }
  package init(casting other: some ArrayElement) { self = other.asInt }
}

// MARK: Booleans

extension Bool: ArrayElement {
  package static var type: ElementType { .bool }
  package static var zero: Bool { false }
  package static func elements(_ values: [Bool]) -> NDArray.Elements { .bool(values) }
  package init(casting other: some ArrayElement) { self = other.asBool }

  package var asBool: Bool { self }
  package var asInt: Int { self ? 1 : 0 }
  package var asInt32: Int32 { self ? 1 : 0 }
  package var asFloat: Float { self ? 1 : 0 }
  package var asDouble: Double { self ? 1 : 0 }
  package var asComplex: Complex { Complex(asDouble, 0) }
  package func precedes(_ other: Bool) -> Bool { !self && other }
  package var isNotANumber: Bool { false }
}

// MARK: Floating point

extension ArrayElement where Self: BinaryFloatingPoint {
  package var asBool: Bool { self != 0 }
  package var asInt: Int { self >= -0x1p63 && self < 0x1p63 ? Int(self) : .min }
  package var asInt32: Int32 {
    let whole = Double(self)
    return whole > -2_147_483_649 && whole < 2_147_483_648 ? Int32(whole) : .min
  }
  package var asFloat: Float { Float(self) }
  package var asDouble: Double { Double(self) }
  package var asComplex: Complex { Complex(Double(self), 0) }
  package func precedes(_ other: Self) -> Bool { self < other }
  package var isNotANumber: Bool { isNaN }
}

extension Float: ArrayElement {
  package static var type: ElementType { .float32 }
  package static func elements(_ values: [Float]) -> NDArray.Elements { .float32(values) }
  package init(casting other: some ArrayElement) { self = other.asFloat }
}

extension Double: ArrayElement {
  package static var type: ElementType { .float64 }
  package static func elements(_ values: [Double]) -> NDArray.Elements { .float64(values) }
  package init(casting other: some ArrayElement) { self = other.asDouble }
}

// MARK: Complex numbers

extension Complex: ArrayElement {
  package static var type: ElementType { .complex128 }
  package static var zero: Complex { Complex(0, 0) }
  package static func elements(_ values: [Complex]) -> NDArray.Elements { .complex128(values) }
  package init(casting other: some ArrayElement) { self = other.asComplex }

  package var asBool: Bool { real != 0 || imaginary != 0 }
  package var asInt: Int { real.asInt }
  package var asInt32: Int32 { real.asInt32 }
  package var asFloat: Float { Float(real) }
  package var asDouble: Double { real }
  package var asComplex: Complex { self }
  package func precedes(_ other: Complex) -> Bool {
    real < other.real || (real == other.real && imaginary < other.imaginary)
  }
  package var isNotANumber: Bool { real.isNaN || imaginary.isNaN }
}
