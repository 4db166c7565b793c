import Glibc
import Messages

/// An optimiser at work on one flat array of all parameters, in the order and with the roundings of
/// PyTorch's formulas.
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
  init(_ optimizer: Optimizer, continuing memory: Memory) {
    self.optimizer = optimizer
    self.memory = memory
  }

  /// Continues with a memory from outside; the memory's arrays are empty or have a number for each
  /// parameter.
  ///
  /// - Throws: when the memory cannot be this optimiser's.
  package init(_ optimizer: Optimizer, remembering memory: Memory) throws(Diagnostic) {
    var usesSecond = false
    if case .adam = optimizer { usesSecond = true }
    guard memory.second.count == (usesSecond ? memory.first.count : 0),
      memory.second.allSatisfy({ $0 >= 0 })
    else { throw Diagnostic("the optimiser's memory belongs to another optimiser") }
    self.optimizer = optimizer
    self.memory = memory
  }

  /// Updates each parameter from its gradient.
  ///
  /// - Precondition: there are as many gradients as parameters, the same number in each step.
  package mutating func step(_ parameters: inout [Float], gradients: [Float]) {
    precondition(parameters.count == gradients.count)
    memory.steps += 1
    parameters.withUnsafeMutableBufferPointer { parameters in
      gradients.withUnsafeBufferPointer { gradients in
        switch optimizer {
        case .sgd(let rate, let momentum, let dampening, let nesterov, let weightDecay):
          descend(
            parameters, gradients, rate: Float(rate), momentum: Float(momentum),
            dampening: dampening, nesterov: nesterov, weightDecay: Float(weightDecay))
        case .asgd(let rate, let lambda, let alpha, let t0, let weightDecay):
          descendAveraging(
            parameters, gradients, rate: rate, lambda: lambda, alpha: alpha, t0: t0,
            weightDecay: Float(weightDecay))
        case .adam(let rate, let beta1, let beta2, let epsilon, let weightDecay):
          descendAdaptively(
            parameters, gradients, rate: rate, beta1: beta1, beta2: beta2, epsilon: Float(epsilon),
            weightDecay: Float(weightDecay))
        }
      }
    }
  }

  /// ASGD's average, of weights as they are after the last step; the weights themselves as long as
  /// averaging has not begun, and for the other optimisers.
  package func average(of parameters: [Float]) -> [Float] {
    if case .asgd = optimizer, !memory.first.isEmpty { memory.first } else { parameters }
  }

  private mutating func descend(
    _ parameters: UnsafeMutableBufferPointer<Float>, _ gradients: UnsafeBufferPointer<Float>,
    rate: Float, momentum: Float, dampening: Double, nesterov: Bool, weightDecay: Float
  ) {
    guard momentum != 0 else {
      for index in parameters.indices {
        parameters[index] -= rate * (gradients[index] + weightDecay * parameters[index])
      }
      return
    }
    // The first step has no velocity to dampen.
    let share = memory.first.isEmpty ? 1 : Float(1 - dampening)
    if memory.first.isEmpty { memory.first = [Float](repeating: 0, count: parameters.count) }
    memory.first.withUnsafeMutableBufferPointer { velocities in
      for index in parameters.indices {
        let gradient = gradients[index] + weightDecay * parameters[index]
        let velocity = momentum * velocities[index] + share * gradient
        velocities[index] = velocity
        parameters[index] -= rate * (nesterov ? gradient + momentum * velocity : velocity)
      }
    }
  }

  private mutating func descendAveraging(
    _ parameters: UnsafeMutableBufferPointer<Float>, _ gradients: UnsafeBufferPointer<Float>,
    rate: Double, lambda: Double, alpha: Double, t0: Double, weightDecay: Float
  ) {
    // Rate and weight of the average, as the step before left them. PyTorch keeps both in float32.
    let before = Double(steps - 1)
    let eta =
      steps == 1 ? Float(rate) : Float(rate / pow(1 + lambda * rate * before, alpha))
    let mu = steps == 1 ? 1 : Float(1 / max(1, before - t0))
    let decay = Float(1 - lambda * Double(eta))
    if mu != 1 && memory.first.isEmpty { memory.first = Array(parameters) }
    for index in parameters.indices {
      let gradient = gradients[index] + weightDecay * parameters[index]
      parameters[index] = parameters[index] * decay - eta * gradient
    }
    // As long as mu is 1, the average is the parameters: it need not be kept.
    if mu != 1 {
      memory.first.withUnsafeMutableBufferPointer { averages in
        for index in averages.indices {
          averages[index] += (parameters[index] - averages[index]) * mu
        }
      }
    }
  }

  private mutating func descendAdaptively(
    _ parameters: UnsafeMutableBufferPointer<Float>, _ gradients: UnsafeBufferPointer<Float>,
    rate: Double, beta1: Double, beta2: Double, epsilon: Float, weightDecay: Float
  ) {
    if memory.first.isEmpty {
      memory.first = [Float](repeating: 0, count: parameters.count)
      memory.second = memory.first
    }
    let stepSize = Float(rate / (1 - pow(beta1, Double(steps))))
    let correction = Float((1 - pow(beta2, Double(steps))).squareRoot())
    let (share1, share2, keep2) = (Float(1 - beta1), Float(1 - beta2), Float(beta2))
    memory.first.withUnsafeMutableBufferPointer { means in
      memory.second.withUnsafeMutableBufferPointer { squares in
        for index in parameters.indices {
          let gradient = gradients[index] + weightDecay * parameters[index]
          let mean = means[index] + share1 * (gradient - means[index])
          let square = keep2 * squares[index] + share2 * gradient * gradient
          means[index] = mean
          squares[index] = square
          parameters[index] -= stepSize * mean / (square.squareRoot() / correction + epsilon)
        }
      }
    }
  }
}
