import CKernels
import Concurrency
import Glibc
import Messages

/// The loops over arrays that gain from wide vectors, compiled for one instruction set. All of them
/// give the same bits.
package struct ArrayKernels: Sendable {
  package let name: String
  let functions: etude_array_kernels

  private init(_ name: String, _ functions: etude_array_kernels) {
    self.name = name
    self.functions = functions
  }

  /// The simplest first, the fastest last.
  package static let all: [ArrayKernels] = {
    let processor = Processor.current.instructionSet
    var kernels = [ArrayKernels("baseline", etude_array_kernels_baseline)]
    if processor != .baseline, let avx2 = etude_array_kernels_avx2() {
      kernels.append(ArrayKernels("avx2", avx2.pointee))
    }
    if processor == .avx512, let avx512 = etude_array_kernels_avx512() {
      kernels.append(ArrayKernels("avx512", avx512.pointee))
    }
    return kernels
  }()

  package static let chosen = Processor.chosenLoops(among: all, name: \.name)
}

// MARK: One number

extension ArrayKernels {
  /// nil for what is as fast without.
  private func loops(of function: ElementFunction) -> etude_function? {
    switch function {
    case .sqrt: functions.sqrt
    case .exp: functions.exp
    case .expm1: functions.expm1
    case .log: functions.log
    case .log1p: functions.log1p
    case .log2: functions.log2
    case .log10: functions.log10
    case .sin: functions.sin
    case .cos: functions.cos
    case .tan: functions.tan
    case .arcsin: functions.arcsin
    case .arccos: functions.arccos
    case .arctan: functions.arctan
    case .sinh: functions.sinh
    case .cosh: functions.cosh
    case .tanh: functions.tanh
    case .sinc: functions.sinc
    case .reciprocal: functions.reciprocal
    case .radians, .degrees, .square: nil
    }
  }

  /// The function of each number.
  package func values(
    of function: ElementFunction, _ numbers: [Double]
  ) throws(Diagnostic) -> [Double] {
    guard let loop = loops(of: function)?.doubles else {
      // One loop for each, which the compiler turns into vectors.
      return switch function {
      case .radians: try numbers.mapInChunks { ElementFunction.radians($0) }
      case .degrees: try numbers.mapInChunks { ElementFunction.degrees($0) }
      default: try numbers.mapInChunks { function($0) }
      }
    }
    return try numbers.filling(steps: 4) { loop($2, $0, $1) }
  }

  /// The function of each number, computed in double precision and rounded once.
  package func values(
    of function: ElementFunction, _ numbers: [Float]
  ) throws(Diagnostic) -> [Float] {
    guard let loop = loops(of: function)?.singles else {
      return try numbers.mapInChunks { Float(function(Double($0))) }
    }
    return try numbers.filling(steps: 4) { loop($2, $0, $1) }
  }

  /// The same for the numbers of one piece of a loop, which has reserved its memory.
  func short(_ function: ElementFunction, _ numbers: [Double]) -> [Double] {
    guard let loop = loops(of: function)?.doubles else { return numbers.map { function($0) } }
    return [Double](unsafeUninitializedCapacity: numbers.count) { target, count in
      count = numbers.count
      if count > 0 { loop(count, numbers, target.baseAddress!) }
    }
  }

  private func loops(of rule: FloatingPointRoundingRule) -> etude_function? {
    switch rule {
    case .down: functions.floor
    case .up: functions.ceil
    case .towardZero: functions.trunc
    case .toNearestOrEven: functions.round
    default: nil
    }
  }

  /// - Precondition: the rule is down, up, towardZero or toNearestOrEven.
  package func rounded(
    _ numbers: [Double], _ rule: FloatingPointRoundingRule
  ) throws(Diagnostic) -> [Double] {
    let loop = loops(of: rule)!.doubles!
    return try numbers.filling { loop($2, $0, $1) }
  }

  /// - Precondition: as above.
  package func rounded(
    _ numbers: [Float], _ rule: FloatingPointRoundingRule
  ) throws(Diagnostic) -> [Float] {
    let loop = loops(of: rule)!.singles!
    return try numbers.filling { loop($2, $0, $1) }
  }

  /// Rounded to multiples of 1 / scale, or of scale, halves to the even one.
  package func rounded(
    _ numbers: [Double], scale: Double, isFraction: Bool
  ) throws(Diagnostic) -> [Double] {
    try numbers.filling { functions.round_scaled($2, scale, isFraction ? 1 : 0, $0, $1) }
  }

  /// -1, 0 or 1; nan and the sign of 0 stay.
  package func signs(_ numbers: [Double]) throws(Diagnostic) -> [Double] {
    try numbers.filling { functions.sign($2, $0, $1) }
  }

  /// As `minimum(maximum(x, low), high)`; nan stays.
  package func clipped(
    _ numbers: [Double], low: Double, high: Double
  ) throws(Diagnostic) -> [Double] {
    try numbers.filling { functions.clip($2, low, high, $0, $1) }
  }

  /// The magnitudes of complex numbers.
  package func magnitudes(_ numbers: [Complex]) throws(Diagnostic) -> [Double] {
    try numbers.filling(steps: 4) { source, target, count in
      source.withMemoryRebound(to: Double.self, capacity: 2 * count) {
        functions.magnitudes(count, $0, target)
      }
    }
  }

  /// start, start + step, start + 2 step, …
  package func ramp(
    _ count: Int, start: Double, step: Double
  ) throws(Diagnostic) -> [Double] {
    try [Double](filling: count) { target, range in
      functions.ramp(range.count, range.lowerBound, start, step, target + range.lowerBound)
    }
  }
}

// MARK: Two numbers

extension ArrayKernels {
  private func loop(of operation: BinaryOperation) -> etude_pair_function? {
    switch operation {
    case .divide: functions.divide
    case .maximum: functions.maximum
    case .minimum: functions.minimum
    case .arcTangent: functions.arctan2
    case .hypotenuse: functions.hypot
    default: nil
    }
  }

  /// divide, maximum, minimum, arcTangent or hypotenuse of pairs; a side with one number is used for
  /// every number of the other. nil for other operations: plain loops add and multiply as fast.
  package func values(
    of operation: BinaryOperation, _ a: [Double], _ b: [Double]
  ) throws(Diagnostic) -> [Double]? {
    guard let loop = loop(of: operation) else { return nil }
    let (aStep, bStep) = (a.count == 1 ? 0 : 1, b.count == 1 ? 0 : 1)
    let count = a.count == 1 ? b.count : a.count
    let steps = operation == .arcTangent || operation == .hypotenuse ? 4 : 1
    return try a.withUnsafeBufferPointer { (a) throws(Diagnostic) in
      try b.withUnsafeBufferPointer { (b) throws(Diagnostic) in
        try [Double](filling: count, steps: steps) { target, range in
          let start = range.lowerBound
          loop(
            range.count, a.baseAddress! + start * aStep, aStep, b.baseAddress! + start * bStep,
            bStep, target + start)
        }
      }
    }
  }

  /// a - b, for `count` numbers of each.
  package func subtract(
    _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, count: Int,
    into result: UnsafeMutablePointer<Double>
  ) {
    functions.subtract(count, a, 1, b, 1, result)
  }

  /// Adds to y the product of (rows, inner) and (inner, columns), each sum in order.
  func addMatrixProduct(
    rows: Int, inner: Int, columns: Int, _ a: UnsafePointer<Double>, row aRow: Int,
    _ b: UnsafePointer<Double>, row bRow: Int, to y: UnsafeMutablePointer<Double>, row yRow: Int
  ) {
    functions.matrix(rows, inner, columns, a, aRow, b, bRow, y, yRow)
  }
}

// MARK: Choosing, testing, converting

extension ArrayKernels {
  /// Words of 64 bits, whatever they mean: `a` where the mask is set, else `b`. A side with one word
  /// is used for all.
  package func chosen<T>(_ mask: [Bool], _ a: [T], _ b: [T]) throws(Diagnostic) -> [T] {
    precondition(MemoryLayout<T>.stride == 8, "words of 64 bits only")
    let (aStep, bStep) = (a.count == 1 ? 0 : 1, b.count == 1 ? 0 : 1)
    return try mask.withUnsafeBufferPointer { (mask) throws(Diagnostic) in
      try a.withUnsafeBufferPointer { (a) throws(Diagnostic) in
        try b.withUnsafeBufferPointer { (b) throws(Diagnostic) in
          try [T](filling: mask.count) { target, range in
            let start = range.lowerBound
            functions.choose_words(
              range.count, words(mask.baseAddress! + start), words(a.baseAddress! + start * aStep),
              aStep, words(b.baseAddress! + start * bStep), bStep,
              UnsafeMutablePointer(mutating: words(target + start)))
          }
        }
      }
    }

    func words<From, To>(_ pointer: UnsafePointer<From>) -> UnsafePointer<To> {
      UnsafeRawPointer(pointer).assumingMemoryBound(to: To.self)
    }
  }

  package enum Test {
    case isNaN, isInfinite, isFinite
  }

  package func passes(_ test: Test, _ numbers: [Double]) throws(Diagnostic) -> [Bool] {
    let loop =
      switch test {
      case .isNaN: functions.is_nan!
      case .isInfinite: functions.is_infinite!
      case .isFinite: functions.is_finite!
      }
    return try numbers.filling { (source, target: UnsafeMutablePointer<Bool>, count) in
      loop(count, source, UnsafeMutableRawPointer(target).assumingMemoryBound(to: UInt8.self))
    }
  }

  func hasZero(_ row: UnsafeBufferPointer<Double>) -> Bool {
    row.count > 0 && functions.has_zero(row.count, row.baseAddress!) != 0
  }

  func hasOther(_ row: UnsafeBufferPointer<Double>) -> Bool {
    row.count > 0 && functions.has_other(row.count, row.baseAddress!) != 0
  }

  /// The index of the first largest number, or of the first nan.
  ///
  /// - Precondition: there is a number.
  func indexOfLargest(_ row: UnsafeBufferPointer<Double>) -> Int {
    functions.largest(row.count, row.baseAddress!)
  }

  package func indexOfLargest(_ numbers: [Double]) -> Int {
    numbers.withUnsafeBufferPointer { indexOfLargest($0) }
  }

  /// The index of the first smallest number, or of the first nan.
  ///
  /// - Precondition: there is a number.
  func indexOfSmallest(_ row: UnsafeBufferPointer<Double>) -> Int {
    functions.smallest(row.count, row.baseAddress!)
  }

  package func indexOfSmallest(_ numbers: [Double]) -> Int {
    numbers.withUnsafeBufferPointer { indexOfSmallest($0) }
  }

  /// The sum by halves, down to blocks of 128 in eight interleaved rows.
  package func sum(_ row: UnsafeBufferPointer<Double>) -> Double {
    row.isEmpty ? 0 : functions.sum(row.count, row.baseAddress!)
  }

  /// The sum of x · y in the same order, each product rounded.
  package func sumOfProducts(
    _ x: UnsafeBufferPointer<Double>, _ y: UnsafeBufferPointer<Double>
  ) -> Double {
    x.isEmpty ? 0 : functions.sum_of_products(x.count, x.baseAddress!, y.baseAddress!)
  }

  /// As `T(casting:)` of each number; nil for types to which a plain loop converts as fast.
  package func converted<T: ArrayElement>(
    _ numbers: [Double], to type: T.Type
  ) throws(Diagnostic) -> [T]? {
    switch type {
    case is Int.Type:
      (try numbers.filling { functions.to_int64($2, $0, $1) } as [Int]).unchanged(as: type)
    case is Int32.Type:
      (try numbers.filling { functions.to_int32($2, $0, $1) } as [Int32]).unchanged(as: type)
    case is Int16.Type:
      (try numbers.filling { functions.to_int16($2, $0, $1) } as [Int16]).unchanged(as: type)
    case is UInt8.Type:
      (try numbers.filling { functions.to_uint8($2, $0, $1) } as [UInt8]).unchanged(as: type)
    case is Float.Type:
      (try numbers.filling { functions.to_float($2, $0, $1) } as [Float]).unchanged(as: type)
    default: nil
    }
  }

  /// The numbers as doubles; nil for types from which a plain loop converts as fast.
  package func doubles<T: ArrayElement>(_ numbers: [T]) throws(Diagnostic) -> [Double]? {
    if let numbers = numbers.unchanged(as: Int.self) {
      return try numbers.filling { functions.from_int64($2, $0, $1) }
    }
    if let numbers = numbers.unchanged(as: Int32.self) {
      return try numbers.filling { functions.from_int32($2, $0, $1) }
    }
    if let numbers = numbers.unchanged(as: Int16.self) {
      return try numbers.filling { functions.from_int16($2, $0, $1) }
    }
    if let numbers = numbers.unchanged(as: UInt8.self) {
      return try numbers.filling { functions.from_uint8($2, $0, $1) }
    }
    if let numbers = numbers.unchanged(as: Float.self) {
      return try numbers.filling { functions.from_float($2, $0, $1) }
    }
    return nil
  }
}

extension Array {
  /// As many results, which `fill` writes piece by piece: from a source, to a target, so many.
  @inline(__always)
  fileprivate func filling<Result>(
    steps: Int = 1, _ fill: (UnsafePointer<Element>, UnsafeMutablePointer<Result>, Int) -> Void
  ) throws(Diagnostic) -> [Result] {
    try withUnsafeBufferPointer { (source) throws(Diagnostic) in
      try [Result](filling: source.count, steps: steps) { target, range in
        fill(source.baseAddress! + range.lowerBound, target + range.lowerBound, range.count)
      }
    }
  }
}
