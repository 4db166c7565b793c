import Compute
import FakeCards
import Messages
import Testing

/// Every operator gives the CPU's bits, whatever the order in which the card's threads run.
struct OperatorTests {
  static let orders = ["forward", "backward", "shuffled"]

  /// - Parameter isOnCard: whether the card computes it, rather than the CPU.
  private func check(
    _ operation: TensorOperation, _ operands: [Operand], on card: FakeCard, isOnCard: Bool = true,
    sourceLocation: Testing.SourceLocation = #_sourceLocation
  ) throws {
    let expected = try Devices.cpu.perform(operation, operands)
    let moved = try operands.map { operand in
      if case .array(let array) = operand {
        Operand.array(try card.device.moving(array))
      } else {
        operand
      }
    }
    let result = try card.device.perform(operation, moved)
    #expect(
      (result.deviceElements != nil) == isOnCard, "\(operation)", sourceLocation: sourceLocation)
    #expect(result.type == expected.type, "\(operation)", sourceLocation: sourceLocation)
    #expect(
      try bits(result) == bits(expected), "\(operation) of \(operands.map(\.shape))",
      sourceLocation: sourceLocation)
  }

  /// Shape and elements; any nan equals any other, whose sign and payload docs/arithmetic.md leaves open.
  private func bits(_ array: NDArray) throws -> [UInt64] {
    try array.shape.map { UInt64($0) }
      + array.fetched().values(as: Double.self).map { $0.isNaN ? 1 : $0.bitPattern }
  }

  /// Numbers of both signs, some of them tiny, with a nan and an infinity where they may be.
  private func numbers(
    _ shape: [Int], _ type: ElementType, seed: UInt64 = 1, isSpecial: Bool = false
  ) throws -> NDArray {
    var random = PyTorchGenerator(seed: seed)
    var values = (0..<shape.reduce(1, *)).map { _ in Double(random.uniform(-3, 3)) }
    if isSpecial, values.count > 6 {
      values[1] = .nan
      values[2] = .infinity
      values[3] = -.infinity
      values[4] = 1e-41
      values[5] = -0.0
      values[6] = 0
    }
    return try NDArray(shape: shape, values: values).asType(type)
  }

  private static let types: [ElementType] = [.float32, .float64]

  @Test(arguments: types, orders)
  func convolutions(_ type: ElementType, _ order: String) throws {
    let card = FakeCard(order: order)
    for (stride, padding, dilation, groups) in [
      (1, 0, 1, 1), (2, 3, 1, 2), (3, 1, 2, 1), (1, 4, 3, 2), (5, 0, 1, 1),
    ] {
      let parameters = ConvolutionParameters(
        stride: stride, padding: padding, dilation: dilation, groups: groups)
      let x = try numbers([3, 4, 21], type, isSpecial: true)
      let w = try numbers([6, 4 / groups, 5], type, seed: 2)
      let b = try numbers([6], type, seed: 3)
      try check(.conv1d(parameters), [.array(x), .array(w), .array(b)], on: card)
      try check(.conv1d(parameters), [.array(x), .array(w)], on: card)
      var transposed = parameters
      transposed.outputPadding = max(stride, dilation) - 1
      let v = try numbers([4, 6 / groups, 5], type, seed: 4)
      let c = try numbers([6], type, seed: 5)
      try check(.convTranspose1d(transposed), [.array(x), .array(v), .array(c)], on: card)
      try check(.convTranspose1d(parameters), [.array(x), .array(v)], on: card)
    }
    // Padded to the same length, with one zero more behind the signal.
    var same = ConvolutionParameters()
    try same.padToSameLength(kernelSize: 4)
    try check(
      .conv1d(same),
      [.array(try numbers([1, 1, 9], type)), .array(try numbers([1, 1, 4], type))], on: card)
  }

  @Test func longKernelsInFloat64AreTheCPUs() throws {
    let card = FakeCard()
    let operands = [
      Operand.array(try numbers([1, 1, 4000], .float64)),
      .array(try numbers([1, 1, 999], .float64)),
    ]
    try check(.conv1d(ConvolutionParameters()), operands, on: card, isOnCard: false)
    let short = try operands.map { Operand.array(try $0.array.asType(.float32)) }
    try check(.conv1d(ConvolutionParameters()), short, on: card)
  }

  @Test(arguments: types, orders)
  func pooling(_ type: ElementType, _ order: String) throws {
    let card = FakeCard(order: order)
    let x = Operand.array(try numbers([2, 3, 17], type, isSpecial: true))
    for parameters in [
      PoolingParameters(kernelSize: 2), PoolingParameters(kernelSize: 3, stride: 1, padding: 1),
      PoolingParameters(kernelSize: 4, stride: 3, padding: 2, ceilMode: true),
    ] {
      try check(.maxPool1d(parameters), [x], on: card)
      try check(.avgPool1d(parameters), [x], on: card)
      var own = parameters
      own.countsPadding = false
      try check(.avgPool1d(own), [x], on: card)
      own.dilation = 2
      try check(.maxPool1d(own), [x], on: card)
    }
    try check(.adaptiveAvgPool1d, [x], on: card)
  }

  @Test(arguments: types)
  func linear(_ type: ElementType) throws {
    let card = FakeCard()
    let w = Operand.array(try numbers([5, 7], type, seed: 2))
    for shape in [[7], [4, 7], [2, 3, 7]] {
      let x = Operand.array(try numbers(shape, type))
      try check(.linear, [x, w, .array(try numbers([5], type, seed: 3))], on: card)
      try check(.linear, [x, w], on: card)
    }
  }

  @Test(arguments: types)
  func elements(_ type: ElementType) throws {
    let card = FakeCard()
    let x = Operand.array(try numbers([5, 300], type, isSpecial: true))
    for activation in Activation.allCases + [.gelu(approximation: .tanh)] {
      try check(
        .activation(activation), [x], on: card, isOnCard: activation != .gelu(approximation: .none))
    }
    let onCard: Set<ElementFunction> = [
      .sqrt, .square, .reciprocal, .exp, .expm1, .log, .log1p, .log2, .log10, .tanh, .sinh, .cosh,
    ]
    for function in ElementFunction.allCases {
      try check(.function(function), [x], on: card, isOnCard: onCard.contains(function))
    }
    try check(.unary(.negative), [x], on: card)
    try check(.unary(.absolute), [x], on: card)
  }

  @Test(arguments: types)
  func pairs(_ type: ElementType) throws {
    let card = FakeCard()
    let onCard: [BinaryOperation] = [
      .add, .subtract, .multiply, .divide, .maximum, .minimum, .equal, .notEqual, .less, .lessEqual,
      .greater, .greaterEqual,
    ]
    let x = Operand.array(try numbers([2, 3, 4], type, isSpecial: true))
    for operation in onCard {
      for shape in [[2, 3, 4], [4], [3, 1], [2, 1, 4], [1], [], [5, 2, 3, 4]] {
        let y = Operand.array(try numbers(shape, type, seed: 2, isSpecial: true))
        try check(.binary(operation), [x, y], on: card)
        try check(.binary(operation), [y, x], on: card)
      }
      try check(.binary(operation), [x, .float(0.1)], on: card)
      try check(.binary(operation), [.int(3), x], on: card)
      try check(.binary(operation), [x, .bool(true)], on: card)
    }
    for operation in [BinaryOperation.floorDivide, .remainder, .power] {
      try check(.binary(operation), [x, .float(2)], on: card, isOnCard: false)
    }
  }

  @Test(arguments: types, orders)
  func reductions(_ type: ElementType, _ order: String) throws {
    let card = FakeCard(order: order)
    for shape in [[3, 4, 5], [1000], [2, 1, 131], [7, 300], [300, 2]] {
      let x = Operand.array(try numbers(shape, type))
      let axes = [nil, [0], [shape.count - 1]] + (shape.count > 2 ? [[1], [0, 1], [1, 2]] : [])
      for axes in axes {
        for reduction in [TensorOperation.Reduction.sum, .mean, .maximum, .minimum] {
          for keepingAxes in [false, true] {
            try check(
              .reduction(reduction, axes: axes, keepingAxes: keepingAxes), [x], on: card)
          }
        }
      }
    }
    let special = Operand.array(try numbers([3, 40], type, isSpecial: true))
    for reduction in [TensorOperation.Reduction.sum, .mean, .maximum, .minimum] {
      try check(.reduction(reduction, axes: [1], keepingAxes: false), [special], on: card)
      try check(.reduction(reduction, axes: [0], keepingAxes: false), [special], on: card)
    }
  }

  @Test func whatTheCardDoesNotComputeIsComputedByTheCPU() throws {
    let card = FakeCard()
    let x = Operand.array(try numbers([2, 6, 4], .float32))
    try check(.softmax(axis: 1), [x], on: card, isOnCard: false)
    try check(
      .groupNorm(groups: 2, epsilon: 1e-5, hasWeight: false), [x], on: card, isOnCard: false)
    let whole = Operand.array(NDArray([3, -4, 5]))
    try check(.binary(.add), [whole, .int(1)], on: card, isOnCard: false)
    try check(.unary(.absolute), [whole], on: card, isOnCard: false)
    let empty = Operand.array(NDArray([Float]()))
    try check(.unary(.absolute), [empty], on: card, isOnCard: false)
  }

  @Test func mistakesAreTheCPUs() throws {
    let card = FakeCard()
    let x = Operand.array(try numbers([1, 2, 9], .float32))
    let w = Operand.array(try numbers([1, 3, 4], .float32))
    #expect(throws: Diagnostic.self) {
      _ = try card.device.perform(.conv1d(ConvolutionParameters()), [x, w])
    }
    #expect(throws: Diagnostic.self) {
      _ = try card.device.perform(.maxPool1d(PoolingParameters(kernelSize: 99)), [x])
    }
  }

  @Test func memoryIsGivenBack() throws {
    let card = FakeCard()
    let x = try card.device.moving(try numbers([1000], .float32))
    let before = card.allocatedBytes
    for _ in 0..<10 {
      var y = x
      for _ in 0..<5 { y = try card.device.perform(.binary(.add), [.array(y), .float(1)]) }
      #expect(try y.fetched().count == 1000)
    }
    // A block for each array that was there at the same time.
    #expect(card.allocatedBytes <= before + 3 * 4096)
  }
}
