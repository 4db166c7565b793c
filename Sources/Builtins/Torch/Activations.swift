import Compute
import Interpreter
import NeuralNetworks

/// PyTorch's activations as layers; as functions they are in `F` (NetworkFunctions.swift). All of
/// them come from the one list in Compute.
extension Builtins {
  static let activations: [Builtin] = Activation.allCases.map { activation in
    Builtin("nn.\(activation.moduleName)", activation.parameters, activation.summary) { call in
      let layer = Layer.activation(try activation.with(call.arguments))
      try layer.check()
      return .model(Model(layer: layer))
    }
  }
}

extension Activation {
  var parameters: [Parameter] {
    arguments.map { argument in
      switch argument.value {
      case .number(let number): Parameter(argument.name, default: .float(number))
      case .word(let word): Parameter(argument.name, default: .string(word))
      }
    }
  }

  /// In `F`, where GELU's kind of approximation is given by name only.
  var functionParameters: [Parameter] {
    guard case .gelu(let approximation) = self else { return parameters }
    return [
      Parameter(
        "approximate", kind: .keywordOnly, default: .string(approximation.rawValue))
    ]
  }

  /// The same kind with what was given for its parameters.
  func with(_ given: Arguments) throws -> Activation {
    try with(
      arguments.map { argument in
        switch argument.value {
        case .number: .number(try given.double(argument.name))
        case .word: .word(try given.string(argument.name))
        }
      })
  }
}
