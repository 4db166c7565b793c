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
    guard rest.isEmpty else { throw misfit(positional, keywords) }
    var given = Set(values.keys)
    var extraKeywords: [Value] = []
    for (name, value) in keywords {
      guard let parameter = parameters.first(where: { $0.name == name }),
        parameter.kind == .positional || parameter.kind == .keywordOnly
      else {
        guard parameters.contains(where: { $0.kind == .keywords }) else {
          throw misfit(positional, keywords)
        }
        extraKeywords.append(.tuple([.string(name), value]))
        continue
      }
      guard values[name] == nil else { throw misfit(positional, keywords) }
      values[name] = value
      given.insert(name)
    }
    for parameter in parameters where values[parameter.name] == nil {
      if parameter.kind == .keywords {
        values[parameter.name] = .list(extraKeywords)
      } else if let defaultValue = parameter.defaultValue {
        values[parameter.name] = defaultValue
      } else {
        throw misfit(positional, keywords)
      }
    }
    return Arguments(function: name, values: values, given: given)
  }

  /// Why the arguments do not fit the parameters.
  private func misfit(
    _ positional: [Value], _ keywords: [(name: String, value: Value)]
  ) -> Diagnostic {
    let faults = signature.faults(positional: positional.count, keywords: keywords.map(\.name))
    return faults.first?.diagnostic ?? Diagnostic("\(name) cannot be called like this")
  }
}
