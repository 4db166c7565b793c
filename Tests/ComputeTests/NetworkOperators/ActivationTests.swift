import Compute
import Foundation
import Messages
import Testing

@Suite("Activations")
struct ActivationTests {
  static let some: [Activation] =
    Activation.allCases + [
      .gelu(approximation: .tanh), .leakyReLU(negativeSlope: 0.2), .elu(alpha: 0.5),
    ]

  @Test("Closed forms")
  func values() {
    for x in stride(from: -6.0, through: 6, by: 0.25) {
      let sigmoid = 1 / (1 + exp(-x))
      let bell = 0.5 * erfc(-x / 2.0.squareRoot())
      let cubic = (2 / Double.pi).squareRoot() * (x + 0.044715 * pow(x, 3))
      let expected: [(Activation, Double)] = [
        (.relu, max(0, x)), (.tanh, tanh(x)), (.sigmoid, sigmoid), (.silu, x * sigmoid),
        (.gelu(), x * bell), (.gelu(approximation: .tanh), x / (1 + exp(-2 * cubic))),
        (.leakyReLU(), max(x, 0.01 * x)), (.leakyReLU(negativeSlope: 0.2), max(x, 0.2 * x)),
        (.elu(), x > 0 ? x : exp(x) - 1), (.elu(alpha: 0.5), x > 0 ? x : 0.5 * (exp(x) - 1)),
      ]
      for (activation, value) in expected {
        #expect(abs(activation(x) - value) < 1e-14 * max(1, abs(x)), "\(activation) of \(x)")
      }
    }
  }

  @Test("Known values")
  func known() {
    // Φ(1) and Φ(-2) of the normal distribution.
    #expect(abs(Activation.gelu()(1) - 0.841344746068543) < 1e-14)
    #expect(abs(Activation.gelu()(-2) + 2 * 0.02275013194817921) < 1e-15)
    #expect(abs(Activation.silu(1) - 0.7310585786300049) < 1e-15)
  }

  @Test("Gradients are slopes", arguments: some)
  func gradients(activation: Activation) {
    let step = 1e-6
    for x in stride(from: -4.95, through: 5, by: 0.1) {
      let slope = (activation(x + step) - activation(x - step)) / (2 * step)
      let gradient = activation.gradient(3, x: x, y: activation(x))
      #expect(abs(gradient - 3 * slope) < 1e-8, "at \(x)")
    }
  }

  @Test("In float32 as in double, but for its rounding", arguments: some)
  func floats(activation: Activation) {
    let x = (0..<160).map { Float($0 - 80) / 16 }
    let dy = (0..<160).map { Float($0 % 7 - 3) }
    for (x, dy) in zip(x, dy) {
      let y = activation(x)
      let value = activation(Double(x))
      #expect(abs(Double(y) - value) < 2e-6)
      let gradient = activation.gradient(Double(dy), x: Double(x), y: value)
      #expect(abs(Double(activation.gradient(dy, x: x, y: y)) - gradient) < 4e-6)
    }
  }

  @Test("nan stays nan", arguments: some)
  func notANumber(activation: Activation) {
    #expect(activation(Double.nan).isNaN && activation(Float.nan).isNaN)
  }

  @Test("As PyTorch prints them, and as cells make them")
  func text() {
    let printed = Self.some.map(\.description)
    #expect(
      printed == [
        "ReLU()", "Tanh()", "Sigmoid()", "GELU(approximate='none')",
        "LeakyReLU(negative_slope=0.01)", "ELU(alpha=1.0)", "SiLU()", "GELU(approximate='tanh')",
        "LeakyReLU(negative_slope=0.2)", "ELU(alpha=0.5)",
      ])
    #expect(Activation.allCases.map(\.code) == Activation.allCases.map { "\($0.moduleName)()" })
    #expect(Activation.leakyReLU(negativeSlope: 0.2).code == "LeakyReLU(negative_slope=0.2)")
    #expect(Activation.gelu(approximation: .tanh).code == "GELU(approximate='tanh')")
    #expect(
      Activation.allCases.map(\.functionName) == [
        "relu", "tanh", "sigmoid", "gelu", "leaky_relu", "elu", "silu",
      ])
  }

  @Test("Arguments make them, and are checked")
  func arguments() throws {
    for activation in Self.some {
      let standard = try #require(
        Activation.allCases.first { $0.moduleName == activation.moduleName })
      #expect(try standard.with(activation.arguments.map(\.value)) == activation)
    }
    #expect(throws: Diagnostic("approximate is 'no', but must be 'none' or 'tanh'")) {
      try Activation.gelu().with([.word("no")])
    }
    #expect(throws: Diagnostic("alpha is inf, but must be a finite number")) {
      try Activation.elu().with([.number(.infinity)])
    }
  }
}
