import Compute
import Concurrency
import Messages
import Testing

/// Every operation on arrays asks for its memory before it works, and looks at the clock while it
/// does.
@Suite struct LimitsTests {
  typealias Operation = @Sendable (NDArray) throws -> Void

  /// On a million whole numbers; each takes more than the 900 kB that it is allowed, or some
  /// milliseconds.
  static let operations: [(name: String, run: Operation)] = [
    ("astype", { _ = try $0.asType(.complex128) }),
    ("add", { _ = try NDArray.binary(.add, .array($0), .float(1)) }),
    ("compare", { _ = try NDArray.binary(.less, .array($0), .array($0)) }),
    ("broadcast", { _ = try $0.withShape([1_000_000, 1]).broadcast(to: [1_000_000, 4]) }),
    ("sin", { _ = try NDArray.mapping(.sin, $0) }),
    ("negative", { _ = try NDArray.unary(.negative, $0) }),
    ("round", { _ = try $0.asType(.float64).rounded(decimals: 2) }),
    ("clip", { _ = try $0.clipped(minimum: .int(3), maximum: .int(5)) }),
    ("sign", { _ = try $0.signs() }),
    ("isnan", { _ = try $0.isNaN() }),
    ("angle", { _ = try $0.angles() }),
    ("where", { _ = try NDArray.choosing(where: $0, .array($0), .int(1)) }),
    ("nonzero", { _ = try $0.nonzero() }),
    ("sort", { _ = try $0.sorted() }),
    ("argsort", { _ = try $0.sortingIndices() }),
    ("unique", { _ = try $0.unique() }),
    ("cumsum", { _ = try $0.cumulativeSum() }),
    ("transpose", { _ = try $0.withShape([1000, 1000]).transposed() }),
    ("flip", { _ = try $0.flipped() }),
    ("roll", { _ = try $0.rolled(by: 3) }),
    ("repeat", { _ = try $0.repeated(2) }),
    ("tile", { _ = try $0.tiled([2]) }),
    ("pad", { _ = try $0.padded([(1, 1)], .constant(.int(0))) }),
    ("pad with edges", { _ = try $0.padded([(1, 1)], .edge) }),
    ("concatenate", { _ = try NDArray.concatenated([$0, $0]) }),
    ("select", { _ = try $0.selecting([.slice(start: nil, stop: nil, step: -1)]) }),
    ("select by indices", { _ = try $0.selecting([.indices($0)]) }),
    ("assign", { _ = try $0.assigning([.integer(0)], to: .int(7)) }),
    ("dot", { _ = try NDArray.dot($0.withShape([1000, 1000]), $0.withShape([1000, 1000])) }),
    (
      "outer", { _ = try NDArray.dot($0.withShape([1_000_000, 1]), $0.withShape([1, 1_000_000])) }
    ),
    ("convolve", { _ = try NDArray.convolve($0, NDArray([1, 2, 3])) }),
    ("convolve by transforms", { _ = try NDArray.convolve($0, NDArray([1.0, 2]), method: .fft) }),
    ("fft", { _ = try $0.fourier() }),
    ("fft of rows", { _ = try $0.withShape([1000, 1000]).fourier() }),
    ("rfft", { _ = try $0.realFourier() }),
    ("ifft", { _ = try $0.inverseFourier() }),
    ("irfft", { _ = try $0.inverseRealFourier() }),
    ("softmax", { _ = try NDArray.softmax($0.asType(.float32), axis: 0) }),
    ("relu", { _ = try NDArray.applying(.relu, $0.asType(.float32)) }),
    (
      "linear",
      {
        _ = try NDArray.linear(
          $0.asType(.float64).withShape([1000, 1000]), weight: NDArray.ones([500, 1000]))
      }
    ),
    (
      "conv1d",
      {
        _ = try NDArray.conv1d(
          $0.asType(.float64).withShape([1, 1, 1_000_000]), weight: NDArray.ones([4, 1, 3]))
      }
    ),
    (
      "max_pool1d",
      {
        _ = try NDArray.maxPool1d(
          $0.asType(.float64).withShape([1, 1, 1_000_000]), PoolingParameters(kernelSize: 2))
      }
    ),
    ("arange", { _ in _ = try NDArray.arange(0, 1_000_000) }),
    ("linspace", { _ in _ = try NDArray.linspace(0, 1, count: 1_000_000) }),
    ("full", { _ in _ = try NDArray.ones([1_000_000]) }),
  ]

  /// What needs little memory, but time.
  static let reductions: [(name: String, run: Operation)] = [
    ("sum", { _ = try $0.sum() }), ("mean", { _ = try $0.mean() }),
    ("prod", { _ = try $0.product() }), ("var", { _ = try $0.variance() }),
    ("max", { _ = try $0.maximum() }), ("argmin", { _ = try $0.indexOfMinimum() }),
    ("all", { _ = try $0.all() }), ("any", { _ = try $0.any() }),
    ("dot", { _ = try NDArray.dot($0, $0) }),
  ]

  static let names = operations.map(\.name)
  static let numbers = NDArray(Array(0..<1_000_000))

  @Test(arguments: operations.indices)
  func asksForItsMemory(index: Int) throws {
    let (name, run) = Self.operations[index]
    let budget = Budget(liveBytes: Budget.byteLimit - 900_000)
    let error = #expect(throws: Diagnostic.self, "\(name)") {
      try budget.limit { try run(Self.numbers) }
    }
    let message = error?.message ?? ""
    #expect(message.contains("GiB") || message.contains("multiplications"), "\(name): \(message)")
  }

  @Test(arguments: operations.indices)
  func looksAtTheClock(index: Int) throws {
    let (name, run) = Self.operations[index]
    #expect(throws: Diagnostic.self, "\(name)") {
      try Budget(seconds: -1).limit { try run(Self.numbers) }
    }
  }

  @Test(arguments: reductions.indices)
  func reductionsLookAtTheClock(index: Int) throws {
    let (name, run) = Self.reductions[index]
    for array in [Self.numbers, try Self.numbers.asType(.float64), try Self.numbers.asType(.bool)] {
      #expect(throws: Diagnostic.self, "\(name) of \(array.type)") {
        try Budget(seconds: -1).limit { try run(array) }
      }
    }
  }

  /// Nothing but the result counts afterwards.
  @Test func temporariesAreReleased() throws {
    let budget = Budget()
    try budget.limit {
      let numbers = Self.numbers
      let sum = try NDArray.binary(.add, .array(numbers), .float(0.5))
      #expect(budget.heldBytes == sum.byteCount)
      budget.heldBytes = 0
      _ = try numbers.variance()
      #expect(budget.heldBytes < 100)
      budget.heldBytes = 0
      #expect(try numbers.realFourier().byteCount == budget.heldBytes)
    }
  }

  @Test func emptyRowsCostNothing() throws {
    let empty = NDArray(shape: [1_000_000_000, 0], values: [Double]())
    let turned = NDArray(shape: [0, 1_000_000_000], values: [Double]())
    try Budget(seconds: 1).limit { () throws in
      #expect(throws: Diagnostic.self) { try empty.sum(over: [1]) }
      #expect(try empty.sum(over: [0]).count == 0)
      #expect(try empty.sorted().count == 0 && turned.sorted(axis: 0).count == 0)
      #expect(try empty.sortingIndices(axis: 0).count == 0)
      #expect(try empty.cumulativeSum(axis: 1).count == 0)
      #expect(try empty.flipped().count == 0 && empty.transposed().count == 0)
      #expect(throws: Diagnostic.self) { try empty.reshaped([1 << 40, 1 << 40, 0]) }
    }
  }
}
