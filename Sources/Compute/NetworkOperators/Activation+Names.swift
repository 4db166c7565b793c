import Messages

/// PyTorch's names and arguments, from which modules, functions, descriptions and code are made.
extension Activation: CaseIterable {
  /// One of each kind, with PyTorch's defaults.
  package static let allCases: [Activation] = [
    .relu, .tanh, .sigmoid, .gelu(), .leakyReLU(), .elu(), .silu,
  ]

  /// An argument of the module and the function, with the value that it has here.
  package struct Argument: Hashable, Sendable {
    package enum Value: Hashable, Sendable {
      case number(Double)
      case word(String)
    }

    package var name: String
    package var value: Value
  }

  /// The module in `torch.nn`.
  package var moduleName: String {
    switch self {
    case .relu: "ReLU"
    case .tanh: "Tanh"
    case .sigmoid: "Sigmoid"
    case .gelu: "GELU"
    case .leakyReLU: "LeakyReLU"
    case .elu: "ELU"
    case .silu: "SiLU"
    }
  }

  /// The function in `torch.nn.functional`.
  package var functionName: String {
    switch self {
    case .leakyReLU: "leaky_relu"
    default: moduleName.lowercased()
    }
  }

  /// Whether the function is also in `torch` and a method of tensors.
  package var isTensorMethod: Bool {
    switch self {
    case .relu, .tanh, .sigmoid: true
    case .gelu, .leakyReLU, .elu, .silu: false
    }
  }

  /// A sentence for the documentation.
  package var summary: String {
    switch self {
    case .relu: "x where it is above 0, else 0."
    case .tanh: "The hyperbolic tangent: an S-shaped curve from -1 to 1."
    case .sigmoid: "1 / (1 + exp(-x)): an S-shaped curve from 0 to 1."
    case .gelu: "x times the probability that a normal variable is below x: a smooth relu."
    case .leakyReLU: "x where it is above 0, else negative_slope times x."
    case .elu: "x where it is above 0, else alpha times exp(x) - 1."
    case .silu: "x times sigmoid(x): a smooth relu; also called swish."
    }
  }

  /// In their order; empty where there is nothing to choose.
  package var arguments: [Argument] {
    switch self {
    case .relu, .tanh, .sigmoid, .silu: []
    case .gelu(let approximation):
      [Argument(name: "approximate", value: .word(approximation.rawValue))]
    case .leakyReLU(let slope): [Argument(name: "negative_slope", value: .number(slope))]
    case .elu(let alpha): [Argument(name: "alpha", value: .number(alpha))]
    }
  }

  /// The same kind with other arguments.
  ///
  /// - Precondition: there is a value of the right type for each of ``arguments``.
  /// - Throws: when a value is not what PyTorch takes.
  package func with(_ values: [Argument.Value]) throws(Diagnostic) -> Activation {
    let result: Activation
    switch (self, values.first) {
    case (.gelu, .word(let word)?):
      guard let approximation = GELUApproximation(rawValue: word) else {
        throw Diagnostic("approximate is '\(word)', but must be 'none' or 'tanh'")
      }
      result = .gelu(approximation: approximation)
    case (.leakyReLU, .number(let slope)?): result = .leakyReLU(negativeSlope: slope)
    case (.elu, .number(let alpha)?): result = .elu(alpha: alpha)
    default:
      precondition(arguments.isEmpty, "\(functionName) is given arguments of another kind")
      result = self
    }
    try result.check()
    return result
  }

  /// - Throws: when an argument is not a finite number.
  package func check() throws(Diagnostic) {
    for argument in arguments {
      guard case .number(let number) = argument.value, !number.isFinite else { continue }
      throw Diagnostic("\(argument.name) is \(number), but must be a finite number")
    }
  }
}

extension Activation: CustomStringConvertible {
  /// As PyTorch prints the module: "GELU(approximate='none')".
  package var description: String {
    "\(moduleName)(\(arguments.map { "\($0.name)=\($0.value)" }.joined(separator: ", ")))"
  }

  /// As a cell would make it, without what is the default: "LeakyReLU(negative_slope=0.2)".
  package var code: String {
    let defaults = Self.allCases.first { $0.moduleName == moduleName }?.arguments ?? []
    let given = arguments.filter { !defaults.contains($0) }
    return "\(moduleName)(\(given.map { "\($0.name)=\($0.value)" }.joined(separator: ", ")))"
  }
}

extension Activation.Argument.Value: CustomStringConvertible {
  /// As Python's repr.
  package var description: String {
    switch self {
    case .number(let number): "\(number)"
    case .word(let word): "'\(word)'"
    }
  }
}
