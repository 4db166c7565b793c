import Messages

extension Builtin {
  /// Calls the function as `name(*positional, **keywords)`.
  ///
  /// - Throws: `Diagnostic` without a range when the arguments do not fit the parameters, and
  ///   whatever the function throws.
  package func call(
    _ positional: [Value], keywords: [(name: String, value: Value)] = [],
    context: inout CellContext
  ) throws -> Value {
    var call = Call(
      builtin: self, arguments: try bind(positional, keywords: keywords), context: context)
    // The outputs go with the call: a second reference to them would be a copy for each print.
    context.outputs = []
    defer { context = call.context }
    return try self.call(&call)
  }

  /// The method as a function of its remaining parameters: what `x.sum` is.
  func bound(to receiver: Value) -> Builtin {
    guard let first = parameters.first else { return self }
    let method = self
    var bound = Builtin(name, Array(parameters.dropFirst()), summary) { call in
      call = Call(
        builtin: method, arguments: call.arguments.adding(first.name, receiver),
        context: call.context)
      return try method.call(&call)
    }
    bound.changesArgument = changesArgument
    bound.heldByteCount = MemoryLayout<Builtin>.stride + Value.blockOverhead + receiver.byteCount
    return bound
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
    var extraKeywords: [Value] = []
    for (name, value) in keywords {
      guard let parameter = parameters.first(where: { $0.name == name }),
        parameter.kind == .positional || parameter.kind == .keywordOnly
      else {
        guard parameters.contains(where: { $0.kind == .keywords }) else { throw unknown(name) }
        extraKeywords.append(.tuple([.string(name), value]))
        continue
      }
      guard values[name] == nil else {
        throw Diagnostic("\(self.name) got two values for \(name)", hint: "remove one of them")
      }
      values[name] = value
      given.insert(name)
    }
    for parameter in parameters where values[parameter.name] == nil {
      if parameter.kind == .keywords {
        values[parameter.name] = .list(extraKeywords)
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
    let maximum = parameters.filter { $0.kind == .positional }.count
    let keywords = parameters.filter { $0.kind == .keywordOnly }.map(\.name)
    let taken =
      maximum == 0
      ? "no positional arguments"
      : "\(maximum) positional argument\(maximum == 1 ? "" : "s")"
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
}
