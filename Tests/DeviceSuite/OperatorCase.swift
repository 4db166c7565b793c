import Compute
import Messages

/// An operator with operands, which every device computes with the CPU's bits.
package struct OperatorCase {
  package let operation: TensorOperation
  package let operands: [Operand]
  /// Whether a card computes it by itself, rather than asking the CPU.
  package let isOnCard: Bool

  private init(_ operation: TensorOperation, _ operands: [Operand], isOnCard: Bool = true) {
    self.operation = operation
    self.operands = operands
    self.isOnCard = isOnCard
  }

  /// - Parameter type: float32 or float64.
  package static func all(_ type: ElementType) throws -> [OperatorCase] {
    try convolutions(type) + pooling(type) + linear(type) + elements(type) + pairs(type)
      + reductions(type) + others(type)
  }

  /// Whether a device gives what the CPU does.
  package func agrees(on device: any Device) throws -> Bool {
    let expected = try Devices.cpu.perform(operation, operands)
    let result = try device.perform(operation, try moved(to: device))
    return try result.type == expected.type && Self.bits(result) == Self.bits(expected)
  }

  /// The operands where the device computes; plain numbers are nowhere.
  package func moved(to device: any Device) throws -> [Operand] {
    try operands.map { operand in
      guard case .array(let array) = operand else { return operand }
      return .array(try device.moving(array))
    }
  }

  /// Shape and elements; any nan equals any other, whose sign and payload docs/arithmetic.md leaves open.
  private static func bits(_ array: NDArray) throws -> [UInt64] {
    try array.shape.map { UInt64($0) }
      + array.fetched().values(as: Double.self).map { $0.isNaN ? 1 : $0.bitPattern }
  }

  // MARK: Operands

  /// Numbers of both signs.
  ///
  /// - Parameter isSpecial: with a nan, infinities, zeros and a denormal among them.
  private static func numbers(
    _ shape: [Int], _ type: ElementType, seed: UInt64 = 1, isSpecial: Bool = false
  ) throws -> Operand {
    var random = PyTorchGenerator(seed: seed)
    var values = (0..<shape.reduce(1, *)).map { _ in Double(random.uniform(-3, 3)) }
    let special = [.nan, .infinity, -.infinity, 1e-41, -0.0, 0]
    if isSpecial, values.count > special.count {
      values.replaceSubrange(1...special.count, with: special)
    }
    return .array(try NDArray(shape: shape, values: values).asType(type))
  }

  // MARK: Layers

  private static func convolutions(_ type: ElementType) throws -> [OperatorCase] {
    var cases: [OperatorCase] = []
    for (stride, padding, dilation, groups) in [
      (1, 0, 1, 1), (2, 3, 1, 2), (3, 1, 2, 1), (1, 4, 3, 2), (5, 0, 1, 1),
    ] {
      let parameters = ConvolutionParameters(
        stride: stride, padding: padding, dilation: dilation, groups: groups)
      let x = try numbers([3, 4, 21], type, isSpecial: true)
      let w = try numbers([6, 4 / groups, 5], type, seed: 2)
      cases.append(OperatorCase(.conv1d(parameters), [x, w, try numbers([6], type, seed: 3)]))
      cases.append(OperatorCase(.conv1d(parameters), [x, w]))
      var transposed = parameters
      transposed.outputPadding = max(stride, dilation) - 1
      let v = try numbers([4, 6 / groups, 5], type, seed: 4)
      cases.append(
        OperatorCase(.convTranspose1d(transposed), [x, v, try numbers([6], type, seed: 5)]))
      cases.append(OperatorCase(.convTranspose1d(parameters), [x, v]))
    }
    // Padded to the same length, with one zero more behind the signal.
    var same = ConvolutionParameters()
    try same.padToSameLength(kernelSize: 4)
    cases.append(
      OperatorCase(
        .conv1d(same),
        [try numbers([1, 1, 9], type), try numbers([1, 1, 4], type, seed: 2)]))
    // In float64, transforms cost less.
    cases.append(
      OperatorCase(
        .conv1d(ConvolutionParameters()),
        [try numbers([1, 1, 4000], type), try numbers([1, 1, 999], type, seed: 2)],
        isOnCard: type == .float32))
    return cases
  }

  private static func pooling(_ type: ElementType) throws -> [OperatorCase] {
    let x = try numbers([2, 3, 17], type, isSpecial: true)
    var cases = [OperatorCase(.adaptiveAvgPool1d, [x])]
    for parameters in [
      PoolingParameters(kernelSize: 2), PoolingParameters(kernelSize: 3, stride: 1, padding: 1),
      PoolingParameters(kernelSize: 4, stride: 3, padding: 2, ceilMode: true),
    ] {
      cases.append(OperatorCase(.maxPool1d(parameters), [x]))
      cases.append(OperatorCase(.avgPool1d(parameters), [x]))
      var other = parameters
      other.countsPadding = false
      cases.append(OperatorCase(.avgPool1d(other), [x]))
      other.dilation = 2
      cases.append(OperatorCase(.maxPool1d(other), [x]))
    }
    return cases
  }

  private static func linear(_ type: ElementType) throws -> [OperatorCase] {
    let (w, b) = try (numbers([5, 7], type, seed: 2), numbers([5], type, seed: 3))
    return try [[7], [4, 7], [2, 3, 7]].flatMap { shape in
      let x = try numbers(shape, type)
      return [OperatorCase(.linear, [x, w, b]), OperatorCase(.linear, [x, w])]
    }
  }

  // MARK: Elements

  private static let functionsOnCard: Set<ElementFunction> = [
    .sqrt, .square, .reciprocal, .exp, .expm1, .log, .log1p, .log2, .log10, .tanh, .sinh, .cosh,
  ]

  private static func elements(_ type: ElementType) throws -> [OperatorCase] {
    let x = try numbers([5, 300], type, isSpecial: true)
    let activations = Activation.allCases + [.gelu(approximation: .tanh)]
    return activations.map { activation in
      OperatorCase(
        .activation(activation), [x], isOnCard: activation != .gelu(approximation: .none))
    }
      + ElementFunction.allCases.map { function in
        OperatorCase(.function(function), [x], isOnCard: functionsOnCard.contains(function))
      }
      + [OperatorCase(.unary(.negative), [x]), OperatorCase(.unary(.absolute), [x])]
  }

  private static func pairs(_ type: ElementType) throws -> [OperatorCase] {
    let x = try numbers([2, 3, 4], type, isSpecial: true)
    var cases: [OperatorCase] = []
    for operation in [
      BinaryOperation.add, .subtract, .multiply, .divide, .maximum, .minimum, .equal, .notEqual,
      .less, .lessEqual, .greater, .greaterEqual,
    ] {
      for shape in [[2, 3, 4], [4], [3, 1], [2, 1, 4], [1], [], [5, 2, 3, 4]] {
        let y = try numbers(shape, type, seed: 2, isSpecial: true)
        cases.append(OperatorCase(.binary(operation), [x, y]))
        cases.append(OperatorCase(.binary(operation), [y, x]))
      }
      for number in [Operand.float(0.1), .int(3), .bool(true)] {
        cases.append(OperatorCase(.binary(operation), [x, number]))
        cases.append(OperatorCase(.binary(operation), [number, x]))
      }
    }
    return cases
      + [BinaryOperation.floorDivide, .remainder, .power].map {
        OperatorCase(.binary($0), [x, .float(2)], isOnCard: false)
      }
  }

  // MARK: Reductions

  private static func reductions(_ type: ElementType) throws -> [OperatorCase] {
    var cases: [OperatorCase] = []
    let shapes = [[3, 4, 5], [1000], [2, 1, 131], [7, 300], [300, 2]]
    for (index, shape) in (shapes + [[3, 40]]).enumerated() {
      let x = try numbers(shape, type, isSpecial: index == shapes.count)
      let axes = [nil, [0], [shape.count - 1]] + (shape.count > 2 ? [[1], [0, 1], [1, 2]] : [])
      for axes in axes {
        for reduction in [TensorOperation.Reduction.sum, .mean, .maximum, .minimum] {
          for keepingAxes in [false, true] {
            cases.append(
              OperatorCase(.reduction(reduction, axes: axes, keepingAxes: keepingAxes), [x]))
          }
        }
      }
    }
    let x = try numbers([3, 4, 5], type)
    return cases + [
      OperatorCase(
        .reduction(.sum, axes: [0, 2], keepingAxes: false), [x], isOnCard: false),
      OperatorCase(
        .reduction(.variance(lessDegrees: 1), axes: nil, keepingAxes: false), [x],
        isOnCard: false),
    ]
  }

  // MARK: The CPU's

  private static func others(_ type: ElementType) throws -> [OperatorCase] {
    let x = try numbers([2, 6, 4], type)
    let whole = Operand.array(NDArray([3, -4, 5]))
    let empty = Operand.array(try NDArray([Double]()).asType(type))
    return [
      (.softmax(axis: 1), x), (.logSoftmax(axis: 2), x),
      (.groupNorm(groups: 2, epsilon: 1e-5, hasWeight: false), x), (.unary(.absolute), whole),
      (.unary(.absolute), empty),
    ].map { (operation: TensorOperation, operand) in
      OperatorCase(operation, [operand], isOnCard: false)
    }
  }
}
