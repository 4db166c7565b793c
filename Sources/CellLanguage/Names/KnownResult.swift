/// What is known of the result of a function before it is called.
package enum KnownResult: Hashable, Sendable {
  case always(KnownValue)
  /// It depends on whether a parameter has another value than None.
  case given(String, KnownValue?, otherwise: KnownValue?)
  /// It depends on the text of a parameter.
  case option(String, default: String, [String: KnownValue])
  /// An int if these parameters are ints or left out, a float if one of them is one.
  case number(of: [String])
  /// An item of the list that is this parameter.
  case item(of: String)
}

extension KnownResult {
  /// - Parameter arguments: those given, by parameter, with what is known of their values.
  func value(given arguments: [String: KnownValue?]) -> KnownValue? {
    switch self {
    case .always(let value): return value
    case .given(let parameter, let value, let otherwise):
      guard let argument = arguments[parameter] else { return otherwise }
      guard let argument else { return nil }
      return argument == .value(.none) ? otherwise : value
    case .option(let parameter, let standard, let values):
      guard case .text(let option)? = arguments[parameter] ?? .text(standard) else { return nil }
      return values[option]
    case .number(let parameters):
      let values = parameters.compactMap { arguments[$0] }
      guard values.allSatisfy({ $0?.isNumber ?? false }) else { return .number }
      if values.contains(.value(.float)) { return .value(.float) }
      return values.contains(.number) ? .number : .value(.int)
    case .item(let parameter): return (arguments[parameter] ?? nil)?.item()
    }
  }
}
