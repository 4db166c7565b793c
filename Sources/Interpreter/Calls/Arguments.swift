import Compute
import Concurrency
import Messages

/// The arguments of a call by parameter name, with defaults filled in.
///
/// Each accessor expects a type and throws an error that names the function and the parameter:
/// "np.zeros: shape must be a whole number, not 'str'". An `optional…` accessor returns nil for
/// None.
///
/// - Precondition: the name is one of the built-in's parameters.
package struct Arguments: Sendable {
  /// The name of the function, for messages.
  package let function: String
  /// A variadic parameter holds a list.
  private let values: [String: Value]
  /// The parameters that the caller passed; the others have their defaults.
  private let given: Set<String>

  package init(function: String, values: [String: Value], given: Set<String>) {
    self.function = function
    self.values = values
    self.given = given
  }

  package subscript(name: String) -> Value {
    guard let value = values[name] else {
      preconditionFailure("\(function) has no parameter \(name)")
    }
    return value
  }

  /// Whether the caller passed this argument, even if it equals the default.
  package func isGiven(_ name: String) -> Bool { given.contains(name) }

  /// The same arguments and the receiver of a method.
  func adding(_ name: String, _ value: Value) -> Arguments {
    Arguments(
      function: function, values: values.merging([name: value]) { old, _ in old }, given: given)
  }

  /// The same with another value for an argument.
  package func replacing(_ name: String, _ value: Value) -> Arguments {
    Arguments(
      function: function, values: values.merging([name: value]) { _, new in new },
      given: given.union([name]))
  }

  /// The error that says what an argument must be: `arguments.error("mode", "must be 'full'")`.
  package func error(_ name: String, _ problem: String, hint: String? = nil) -> Diagnostic {
    Diagnostic("\(function): \(name) \(problem)", hint: hint)
  }

  // MARK: Numbers

  /// A whole number; NumPy integers and bools count.
  package func int(_ name: String) throws -> Int {
    guard let number = self[name].wholeNumber else { throw wrongType(name, "a whole number") }
    return number
  }

  package func optionalInt(_ name: String) throws -> Int? {
    self[name].isNone ? nil : try int(name)
  }

  /// A real number; NumPy numbers and bools count.
  package func double(_ name: String) throws -> Double {
    guard let number = self[name].realNumber else { throw wrongType(name, "a number") }
    return number
  }

  package func optionalDouble(_ name: String) throws -> Double? {
    self[name].isNone ? nil : try double(name)
  }

  /// The truth value, as `if` tests it.
  package func bool(_ name: String) throws -> Bool { try self[name].isTrue() }

  package func optionalBool(_ name: String) throws -> Bool? {
    self[name].isNone ? nil : try bool(name)
  }

  // MARK: Text

  package func string(_ name: String) throws -> String {
    guard case .string(let text) = self[name] else { throw wrongType(name, "a string") }
    return text
  }

  package func optionalString(_ name: String) throws -> String? {
    self[name].isNone ? nil : try string(name)
  }

  /// One of a few strings; the error lists them.
  package func option<Option: RawRepresentable & CaseIterable>(
    _ name: String, _ type: Option.Type = Option.self
  ) throws -> Option where Option.RawValue == String {
    let text = try string(name)
    guard let option = Option(rawValue: text) else {
      let options = Option.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")
      throw error(name, "is '\(text)'", hint: "use one of \(options)")
    }
    return option
  }

  // MARK: Collections

  /// The items of a list, a tuple, a range or an array along its first axis.
  package func list(_ name: String) throws -> [Value] {
    if case .string = self[name] { throw wrongType(name, "a list") }
    return try self[name].items("\(function): \(name)")
  }

  /// The items of ``list(_:)``, one at a time.
  package func sequence(_ name: String) throws -> ItemSequence {
    if case .string = self[name] { throw wrongType(name, "a list") }
    guard let items = ItemSequence(self[name]) else {
      throw error(name, "must have items to loop over, but '\(self[name].typeName)' has none")
    }
    return items
  }

  package func optionalList(_ name: String) throws -> [Value]? {
    self[name].isNone ? nil : try list(name)
  }

  package func strings(_ name: String) throws -> [String] {
    var items = try sequence(name)
    try Budget.reserve(
      Double(items.count * MemoryLayout<String>.stride), for: "\(items.count) strings")
    var texts: [String] = []
    texts.reserveCapacity(items.count)
    while let item = try items.next() {
      guard case .string(let text) = item else {
        throw error(name, "must be a list of strings, but contains a '\(item.typeName)'")
      }
      texts.append(text)
    }
    return texts
  }

  package func optionalStrings(_ name: String) throws -> [String]? {
    self[name].isNone ? nil : try strings(name)
  }

  /// One whole number or several: an axis, a shape.
  package func ints(_ name: String) throws -> [Int] {
    let value = self[name]
    if let number = value.wholeNumber { return [number] }
    if case .string = value { throw wrongType(name, "whole numbers") }
    guard var items = ItemSequence(value) else { throw wrongType(name, "whole numbers") }
    try Budget.reserve(8 * Double(items.count), for: "\(items.count) whole numbers")
    var numbers: [Int] = []
    numbers.reserveCapacity(items.count)
    while let item = try items.next() {
      guard let number = item.wholeNumber else {
        throw error(
          name, "must be whole numbers", hint: "use int(…) or // where a number has a fraction")
      }
      numbers.append(number)
    }
    return numbers
  }

  /// One whole number, or PyTorch's tuple of one.
  package func length(_ name: String) throws -> Int {
    if case .bool = self[name] { throw wrongType(name, "a whole number") }
    let sizes = try ints(name)
    guard sizes.count == 1 else { throw error(name, "must be one number: a signal has one length") }
    return sizes[0]
  }

  package func optionalInts(_ name: String) throws -> [Int]? {
    self[name].isNone ? nil : try ints(name)
  }

  /// A shape: one whole number or several, none negative.
  package func shape(_ name: String) throws -> [Int] {
    let sizes = try ints(name)
    guard sizes.allSatisfy({ $0 >= 0 }) else { throw error(name, "must not be negative") }
    return sizes
  }

  // MARK: Others

  /// A type as `dtype=` accepts it: np.float32, 'float32', float, or another array's dtype.
  package func elementType(_ name: String) throws -> ElementType {
    guard let type = self[name].asElementType else {
      let problem =
        if case .string(let text) = self[name] {
          "is '\(text)', which is not an element type here"
        } else {
          "must be an element type, not '\(self[name].typeName)'"
        }
      throw error(
        name, problem,
        hint: "use np.float64, np.float32, np.int64, np.int32, np.int16, np.uint8 or bool")
    }
    return type
  }

  package func optionalElementType(_ name: String) throws -> ElementType? {
    self[name].isNone ? nil : try elementType(name)
  }

  package func function(_ name: String) throws -> Builtin {
    guard case .function(let builtin) = self[name] else { throw wrongType(name, "a function") }
    return builtin
  }

  package func wrongType(_ name: String, _ wanted: String) -> Diagnostic {
    error(name, "must be \(wanted), not '\(self[name].typeName)'")
  }
}
