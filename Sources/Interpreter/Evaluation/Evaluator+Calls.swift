import CellLanguage
import Compute
import Concurrency
import Messages
import NeuralNetworks

extension Evaluator {
  /// - Parameter name: the name that the result is assigned to, if the call is the whole right-hand
  ///   side: it identifies a widget.
  mutating func evaluateCall(
    _ function: Expression, _ arguments: [Argument], assignedTo name: String?
  ) throws -> Value {
    let heldBefore = context.budget.heldBytes
    // An assignment calls this without evaluating an expression around it.
    defer { context.budget.heldBytes = heldBefore }
    let callee = try evaluateCallee(function)
    guard case .function(let builtin) = callee else {
      throw Diagnostic(
        "'\(callee.typeName)' cannot be called", hint: callHint(callee), range: function.range)
    }
    var positional: [Value] = []
    var keywords: [(name: String, value: Value)] = []
    for argument in arguments {
      let value = try evaluate(argument.value)
      _ = hold(value, from: argument.value)
      if argument.isUnpacked {
        let items = try located(argument.value.range) { _ in
          let items = try value.items("the value after '*'")
          try Budget.reserve(items: Double(items.count))
          return items
        }
        positional += items
      } else if let keyword = argument.keyword {
        keywords.append((keyword.name, value))
      } else {
        positional.append(value)
      }
    }
    let outerName = context.assignedName
    context.assignedName = name
    defer { context.assignedName = outerName }
    do {
      let result = try completed { evaluator in
        try builtin.call(positional, keywords: keywords, context: &evaluator.context)
      }
      guard builtin.changesArgument else { return result }
      try change(arguments.first?.value, to: result, by: builtin)
      return .none
    } catch let error as Diagnostic {
      // Errors from arithmetic lack the function's name; those about arguments have it.
      throw error.message.hasPrefix(builtin.name) ? error : error.prefixed(by: builtin.name)
    }
  }

  /// Gives a new value to the name that a call was to change.
  private mutating func change(
    _ argument: Expression?, to value: Value, by builtin: Builtin
  ) throws {
    guard let argument, case .name(let name) = argument.kind, definitions[name] != nil,
      comprehensionTargets[name] == nil
    else {
      throw Diagnostic(
        "\(builtin.name) changes a value in place, which must have a name in this cell",
        hint: "use permutation(x), which returns a changed copy",
        range: argument?.range)
    }
    try define(name, value)
  }

  /// The function, or the method of a value that counts as in use from then on.
  private mutating func evaluateCallee(_ function: Expression) throws -> Value {
    guard case .attribute(let base, let name, let nameRange) = function.kind else {
      return try evaluate(function)
    }
    let receiver = try evaluate(base)
    _ = hold(receiver, from: base)
    return try located(nameRange) { try $0.attribute(name, of: receiver) }
  }

  private func callHint(_ value: Value) -> String? {
    switch value {
    case .list, .tuple, .string, .array: "use square brackets to pick an item"
    case .int, .float: "write * to multiply"
    case .module: "name one of its functions"
    case .criterion: "give it to train as criterion=, or use F.cross_entropy"
    default: nil
    }
  }
}
