import Concurrency
import Messages

extension NDArray {
  /// As `F.linear`: y[…, o] = b[o] + Σ w[o, i] · x[…, i].
  ///
  /// - Parameters:
  ///   - input: […, I]: any number of axes before the last one; float32 or float64.
  ///   - weight: [O, I], of the same type.
  ///   - bias: [O].
  /// - Returns: […, O].
  package static func linear(
    _ input: NDArray, weight: NDArray, bias: NDArray? = nil
  ) throws(Diagnostic) -> NDArray {
    let (rows, inputs, outputs) = try linearSizes(input, weight, bias)
    let shape = Array(input.shape.dropLast()) + [outputs]
    return try releasingTemporaries { () throws(Diagnostic) in
      var result = try matrixProduct(
        try input.doubles, try weight.transposed().doubles, rows: rows, inner: inputs,
        columns: outputs, zero: 0
      ) { $0 + $1 * $2 }
      if let bias {
        let b = try bias.doubles
        try Budget.forEachChunk(of: rows, steps: outputs) { range in
          for row in range {
            for output in 0..<outputs { result[row * outputs + output] += b[output] }
          }
        }
      }
      return try NDArray(shape: shape, values: result).asType(input.type)
    }
  }

  /// The gradients of ``linear(_:weight:bias:)``, given the one of its result, […, O].
  package static func linearGradients(
    _ gradient: NDArray, input: NDArray, weight: NDArray
  ) throws(Diagnostic) -> LayerGradients {
    let (rows, inputs, outputs) = try linearSizes(input, weight)
    try check(gradient, is: Array(input.shape.dropLast()) + [outputs])
    let (dy, x, w) = (try gradient.doubles, try input.doubles, try weight.doubles)
    var dx = try [Double](filled: 0, count: x.count)
    var dw = try [Double](filled: 0, count: w.count)
    var db = try [Double](filled: 0, count: outputs)
    try Budget.forEachChunk(of: rows, steps: 2 * outputs * inputs) { range in
      for row in range {
        for output in 0..<outputs {
          let d = dy[row * outputs + output]
          db[output] += d
          for index in 0..<inputs {
            dx[row * inputs + index] += d * w[output * inputs + index]
            dw[output * inputs + index] += d * x[row * inputs + index]
          }
        }
      }
    }
    return LayerGradients(
      input: try NDArray(shape: input.shape, values: dx).asType(input.type),
      weight: try NDArray(shape: weight.shape, values: dw).asType(weight.type),
      bias: try NDArray(db).asType(weight.type))
  }

  /// The sizes of ``linear(_:weight:bias:)``.
  ///
  /// - Throws: when shapes or types do not fit, or the work is too much.
  package static func linearSizes(
    _ input: NDArray, _ weight: NDArray, _ bias: NDArray?
  ) throws(Diagnostic) -> (rows: Int, inputs: Int, outputs: Int) {
    let sizes = try linearSizes(input, weight)
    try checkTypes(input, weight, bias)
    guard bias == nil || bias?.shape == [sizes.outputs] else {
      throw Diagnostic(
        "the bias has shape \(describe(shape: bias?.shape ?? [])), and there are "
          + "\(sizes.outputs) outputs")
    }
    _ = try checkedCount(shape: input.shape.dropLast() + [sizes.outputs], type: .float64)
    return sizes
  }

  /// - Throws: when weight and input do not fit, or the work would take too long.
  private static func linearSizes(
    _ input: NDArray, _ weight: NDArray
  ) throws(Diagnostic) -> (rows: Int, inputs: Int, outputs: Int) {
    guard weight.axisCount == 2 else {
      throw Diagnostic(
        "the weight must have two axes, (outputs, inputs), but its shape is "
          + describe(shape: weight.shape))
    }
    guard let inputs = input.shape.last, inputs == weight.shape[1] else {
      throw Diagnostic(
        "the weight has \(weight.shape[1]) inputs, and the last axis of the input has "
          + "\(input.shape.last ?? 0) values",
        hint: "a weight is (outputs, inputs); here it is \(describe(shape: weight.shape))")
    }
    let rows = input.shape.dropLast().reduce(1, *)
    guard Double(rows) * Double(weight.count) <= 1e10 else {
      throw Diagnostic("this layer takes more than 10 billion multiplications")
    }
    return (rows, inputs, weight.shape[0])
  }
}
