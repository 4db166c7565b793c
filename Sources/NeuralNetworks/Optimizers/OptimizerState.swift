import Compute
import Messages

/// An optimiser at work on one flat array of all parameters: what it remembers, and the numbers of its
/// next step, from PyTorch's formulas.
package struct OptimizerState: Sendable {
  /// What an optimiser remembers of earlier steps.
  package struct Memory: Sendable {
    /// Steps that were taken.
    package var steps = 0
    /// SGD's momentum, ASGD's average, Adam's mean of the gradients; empty until it is needed.
    package var first: [Float] = []
    /// Adam's mean of the squared gradients.
    package var second: [Float] = []

    package init() {}
  }

  package let optimizer: Optimizer
  package var steps: Int { memory.steps }
  package private(set) var memory = Memory()

  package init(_ optimizer: Optimizer) { self.optimizer = optimizer }

  /// Continues with a memory of this optimiser.
  package init(_ optimizer: Optimizer, continuing memory: Memory) {
    self.optimizer = optimizer
    self.memory = memory
  }

  /// Continues with a memory from outside; the memory's arrays are empty or have a number for each
  /// parameter.
  ///
  /// - Throws: when the memory cannot be this optimiser's.
  package init(_ optimizer: Optimizer, remembering memory: Memory) throws(Diagnostic) {
    let usesSecond =
      switch optimizer {
      case .sgd, .asgd: false
      case .adam, .adamW: true
      }
    guard memory.second.count == (usesSecond ? memory.first.count : 0),
      memory.second.allSatisfy({ $0 >= 0 })
    else { throw Diagnostic("the optimiser's memory belongs to another optimiser") }
    self.optimizer = optimizer
    self.memory = memory
  }

  /// Updates each parameter from its gradient.
  ///
  /// - Precondition: there are as many gradients as parameters, the same number in each step.
  package mutating func step(
    _ parameters: inout [Float], gradients: [Float],
    kernels: any BatchKernels = AvailableKernels.chosen
  ) {
    precondition(parameters.count == gradients.count)
    let step = begin(parameters)
    withMemory { first, second in
      parameters.withUnsafeMutableBufferPointer { parameters in
        guard let start = parameters.baseAddress else { return }
        kernels.step(
          .all, step, count: parameters.count, gradients: gradients,
          first: first, second: second, parameters: start)
      }
    }
  }

  /// Counts a step, and prepares the memory that it needs.
  ///
  /// - Returns: what kernels then do to each parameter, with the pointers of ``withMemory(_:)``.
  package mutating func begin(_ parameters: @autoclosure () -> [Float]) -> OptimizerStep {
    memory.steps += 1
    switch optimizer {
    case .sgd(let rate, let momentum, let dampening, let nesterov, let weightDecay):
      // The first step has no velocity to dampen.
      let share = memory.first.isEmpty ? 1 : Float(1 - dampening)
      if momentum != 0, memory.first.isEmpty {
        memory.first = [Float](repeating: 0, count: parameters().count)
      }
      return .sgd(
        rate: Float(rate), momentum: Float(momentum), share: share, nesterov: nesterov,
        weightDecay: Float(weightDecay))
    case .asgd(let rate, let lambda, let alpha, let t0, let weightDecay):
      // Rate and weight of the average, as the step before left them. PyTorch keeps both in float32.
      let before = Double(steps - 1)
      let base = 1 + lambda * rate * before
      let slowed = base > 0 ? rate / Elementary.power(base, alpha) : .nan
      let eta = steps == 1 ? Float(rate) : Float(slowed)
      let mu = steps == 1 ? 1 : Float(1 / max(1, before - t0))
      // As long as mu is 1, the average is the parameters: it need not be kept.
      if mu != 1 && memory.first.isEmpty { memory.first = parameters() }
      return .asgd(
        rate: eta, decay: Float(1 - lambda * Double(eta)), average: mu,
        weightDecay: Float(weightDecay))
    case .adam(let rate, let beta1, let beta2, let epsilon, let weightDecay):
      return adam(
        parameters(), rate, beta1, beta2, epsilon, keep: 1, weightDecay: Float(weightDecay))
    case .adamW(let rate, let beta1, let beta2, let epsilon, let weightDecay):
      return adam(
        parameters(), rate, beta1, beta2, epsilon, keep: Float(1 - rate * weightDecay),
        weightDecay: 0)
    }
  }

  private mutating func adam(
    _ parameters: @autoclosure () -> [Float], _ rate: Double, _ beta1: Double, _ beta2: Double,
    _ epsilon: Double, keep: Float, weightDecay: Float
  ) -> OptimizerStep {
    if memory.first.isEmpty {
      memory.first = [Float](repeating: 0, count: parameters().count)
      memory.second = memory.first
    }
    return .adam(
      step: Float(rate / (1 - Elementary.power(beta1, steps))),
      correction: Float((1 - Elementary.power(beta2, steps)).squareRoot()),
      share1: Float(1 - beta1), share2: Float(1 - beta2), keep2: Float(beta2),
      epsilon: Float(epsilon), keep: keep, weightDecay: weightDecay)
  }

  /// What the optimiser remembers, while kernels work with it; nil where there is nothing.
  mutating func withMemory(
    _ body: (UnsafeMutablePointer<Float>?, UnsafeMutablePointer<Float>?) -> Void
  ) {
    memory.first.withUnsafeMutableBufferPointer { first in
      memory.second.withUnsafeMutableBufferPointer { second in
        body(first.isEmpty ? nil : first.baseAddress, second.isEmpty ? nil : second.baseAddress)
      }
    }
  }

  /// ASGD's average, of weights as they are after the last step; the weights themselves as long as
  /// averaging has not begun, and for the other optimisers.
  package func average(of parameters: [Float]) -> [Float] {
    if case .asgd = optimizer, !memory.first.isEmpty { memory.first } else { parameters }
  }
}
