import CellLanguage
import Compute
import NeuralNetworks

extension Evaluator {
  /// - Parameter name: the name that will hold the result, when the call is all that stands on the
  ///   right of the `=`: a widget is known by it.
  mutating func evaluateCall(
    _ function: Expression, _ arguments: [Argument], assignedTo name: String?
  ) throws -> Value {
    let callee = try evaluate(function)
    guard case .function(let builtin) = callee else {
      throw CellError(
        "'\(callee.typeName)' cannot be called", mend: callMend(callee), range: function.range)
    }
    let heldBefore = hold(callee, from: function)
    defer { context.budget.heldBytes = heldBefore }
    var positional: [Value] = []
    var keywords: [(name: String, value: Value)] = []
    for argument in arguments {
      let value = try evaluate(argument.value)
      _ = hold(value, from: argument.value)
      if let keyword = argument.keyword {
        keywords.append((keyword.name, value))
      } else {
        positional.append(value)
      }
    }
    let outerName = context.assignedName
    context.assignedName = name
    defer { context.assignedName = outerName }
    do {
      return try checked(builtin.call(positional, keywords: keywords, context: &context))
    } catch let error as ArrayError {
      throw CellError("\(builtin.name): \(error.message)", mend: error.mend)
    } catch let error as NetworkError {
      throw CellError("\(builtin.name): \(error.message)", mend: error.mend)
    }
  }

  private func callMend(_ value: Value) -> String? {
    switch value {
    case .list, .tuple, .string, .array: "use square brackets to pick an item"
    case .int, .float: "write * to multiply"
    case .module: "name one of its functions"
    default: nil
    }
  }
}
