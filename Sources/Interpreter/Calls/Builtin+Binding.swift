import Messages

extension Builtin {
  /// Calls the function as `name(*positional, **keywords)`.
  ///
  /// - Throws: `Diagnostic` without a range when the arguments do not fit the parameters, and what
  ///   the function throws.
  package func call(
    _ positional: [Value], keywords: [(name: String, value: Value)] = [],
    context: inout CellContext
  ) throws -> Value {
    var call = Call(
      builtin: self, arguments: try bind(positional, keywords: keywords), context: context)
    defer { context = call.context }
    return try self.call(&call)
  }

  /// The method as a function of its remaining parameters: what `x.sum` is.
  func bound(to receiver: Value) -> Builtin {
    guard let first = parameters.first else { return self }
    let method = self
    return Builtin(name, Array(parameters.dropFirst()), summary) { call in
      call = Call(
        builtin: method, arguments: call.arguments.adding(first.name, receiver),
        context: call.context)
      return try method.call(&call)
    }
  }

  private func bind(
    _ positional: [Value], keywords: [(name: String, value: Value)]
  ) throws -> Arguments {
    var values: [String: Value] = [:]
    var rest = positional[...]
    for parameter in parameters {
      switch parameter.kind {
      case .positional:
        if let value = rest.popFirst() { values[parameter.name] = value }
      case .variadic:
        values[parameter.name] = .list(Array(rest))
        rest = []
      case .keywordOnly, .keywords: break
      }
    }
    guard rest.isEmpty else { throw tooMany(positional.count) }
    var given = Set(values.keys)
    var further: [Value] = []
    for (name, value) in keywords {
      guard let parameter = parameters.first(where: { $0.name == name }),
        parameter.kind == .positional || parameter.kind == .keywordOnly
      else {
        guard parameters.contains(where: { $0.kind == .keywords }) else { throw unknown(name) }
        further.append(.tuple([.string(name), value]))
        continue
      }
      guard values[name] == nil else {
        throw Diagnostic("\(self.name) got two values for \(name)", hint: "leave one of them out")
      }
      values[name] = value
      given.insert(name)
    }
    for parameter in parameters where values[parameter.name] == nil {
      if parameter.kind == .keywords {
        values[parameter.name] = .list(further)
      } else if let defaultValue = parameter.defaultValue {
        values[parameter.name] = defaultValue
      } else {
        throw Diagnostic(
          "\(name) needs an argument for \(parameter.name)", hint: "call it as \(signature)")
      }
    }
    return Arguments(function: name, values: values, given: given)
  }

  private func tooMany(_ count: Int) -> Diagnostic {
    let most = parameters.filter { $0.kind == .positional }.count
    let keywords = parameters.filter { $0.kind == .keywordOnly }.map(\.name)
    let taken =
      most == 0 ? "no positional arguments" : "\(most) positional argument\(most == 1 ? "" : "s")"
    return Diagnostic(
      "\(name) takes \(taken), but \(count) \(count == 1 ? "was" : "were") given",
      hint: keywords.first.map { "name the others, as in \($0)=…" } ?? "call it as \(signature)")
  }

  private func unknown(_ keyword: String) -> Diagnostic {
    let names = parameters.filter { $0.kind == .positional || $0.kind == .keywordOnly }
      .map(\.name)
    return Diagnostic(
      "\(name) has no parameter \(keyword)",
      hint: nearMatchHint(keyword, among: names) ?? "call it as \(signature)")
  }

  /// The call as the help shows it: "np.pad(array, pad_width, mode)". A default that is left out
  /// shows as `=…`: what it is stands in the table.
  package var signature: String {
    var parts: [String] = []
    var isAfterStar = false
    for parameter in parameters {
      if parameter.kind == .keywordOnly, !isAfterStar {
        parts.append("*")
        isAfterStar = true
      }
      switch parameter.kind {
      case .variadic:
        parts.append("*\(parameter.name)")
        isAfterStar = true
      case .keywords: parts.append("**\(parameter.name)")
      case .positional, .keywordOnly:
        parts.append(parameter.defaultValue == nil ? parameter.name : "\(parameter.name)=…")
      }
    }
    return "\(name)(\(parts.joined(separator: ", ")))"
  }
}
