/// What is done to one value at a time.
extension ReferenceKernels {
  package func reluGradient(
    _ share: Share, positions: Int, output: UnsafePointer<Float>,
    gradient: UnsafeMutablePointer<Float>
  ) {
    for index in share.range(of: positions * chunkWidth) where !(output[index] > 0) {
      gradient[index] = 0
    }
  }

  package func multiply(
    _ share: Share, positions: Int, values: UnsafePointer<Float>, factors: UnsafePointer<Float>,
    products: UnsafeMutablePointer<Float>
  ) {
    for index in share.range(of: positions * chunkWidth) {
      products[index] = values[index] * factors[index]
    }
  }

  package func activate(
    _ share: Share, _ activation: Activation, positions: Int, input: UnsafePointer<Float>,
    output: UnsafeMutablePointer<Float>
  ) {
    for index in share.range(of: positions * chunkWidth) {
      let x = input[index]
      output[index] =
        if case .relu = activation { x <= Self.largestBelow0 ? 0 : x } else { activation(x) }
    }
  }

  package func activationGradient(
    _ share: Share, _ activation: Activation, positions: Int, gradient: UnsafePointer<Float>,
    input: UnsafePointer<Float>, output: UnsafePointer<Float>,
    inputGradient: UnsafeMutablePointer<Float>
  ) {
    for index in share.range(of: positions * chunkWidth) {
      inputGradient[index] = activation.gradient(
        gradient[index], x: input[index], y: output[index])
    }
  }

  package func step(
    _ share: Share, _ step: OptimizerStep, count: Int, gradients: UnsafePointer<Float>,
    first: UnsafeMutablePointer<Float>?, second: UnsafeMutablePointer<Float>?,
    parameters: UnsafeMutablePointer<Float>
  ) {
    for index in share.range(of: count) {
      step.update(
        &parameters[index], gradient: gradients[index], first: first.map { $0 + index },
        second: second.map { $0 + index })
    }
  }
}

extension OptimizerStep {
  /// PyTorch's formulas, operation by operation.
  fileprivate func update(
    _ parameter: inout Float, gradient: Float, first: UnsafeMutablePointer<Float>?,
    second: UnsafeMutablePointer<Float>?
  ) {
    switch self {
    case .sgd(let rate, let momentum, let share, let nesterov, let weightDecay):
      let gradient = gradient + weightDecay * parameter
      var slope = gradient
      if let first {
        first.pointee = momentum * first.pointee + share * gradient
        slope = nesterov ? gradient + momentum * first.pointee : first.pointee
      }
      parameter -= rate * slope
    case .asgd(let rate, let decay, let average, let weightDecay):
      let gradient = gradient + weightDecay * parameter
      parameter = parameter * decay - rate * gradient
      if let first { first.pointee += (parameter - first.pointee) * average }
    case .adam(
      let step, let correction, let share1, let share2, let keep2, let epsilon, let keep,
      let weightDecay):
      guard let first, let second else { preconditionFailure("Adam remembers two numbers") }
      parameter *= keep
      let gradient = gradient + weightDecay * parameter
      first.pointee += share1 * (gradient - first.pointee)
      second.pointee = keep2 * second.pointee + share2 * gradient * gradient
      parameter -= step * first.pointee / (second.pointee.squareRoot() / correction + epsilon)
    }
  }
}
