import Compute
import Concurrency
import Messages

/// A filter that may have feedback, as `scipy.signal.lfilter`:
///
///     a[0] y[n] = Σ b[k] x[n - k] - Σ a[k] y[n - k],  the second sum from k = 1 on
///
/// A cell changes it with a slider, so it takes the shortest way: kernels without feedback are convolved,
/// coefficients that are mostly zeros, as an echo's are, cost what the others cost, and all others go
/// sample by sample (direct form II, transposed).
package struct LinearFilter: Sendable {
  /// The numerator and the denominator, divided by a[0] and equally long.
  private let b: [Double]
  private let a: [Double]
  /// Whether there is no feedback, not even by factors of 0, through which nan and inf go on for ever.
  private let isConvolution: Bool

  /// How many samples of the future the past has already set: the length of a state.
  package var order: Int { b.count - 1 }

  /// - Throws: when a part has no coefficients, or the denominator begins with 0.
  package init(numerator: [Double], denominator: [Double]) throws(Diagnostic) {
    guard !numerator.isEmpty else { throw Diagnostic("b has no coefficients") }
    guard let first = denominator.first else { throw Diagnostic("a has no coefficients") }
    guard first != 0 else {
      throw Diagnostic(
        "a begins with 0, so y[n] would depend on nothing", hint: "a[0] is usually 1")
    }
    let count = max(numerator.count, denominator.count)
    func normalized(_ values: [Double]) throws(Diagnostic) -> [Double] {
      try [Double](computing: count) { $0 < values.count ? values[$0] / first : 0 }
    }
    isConvolution = denominator.count == 1
    b = try normalized(numerator)
    a = try normalized(denominator)
  }

  /// Filters the rows along an axis.
  ///
  /// - Parameter initial: what the past adds to the first `order` samples of each row, row by row; it is
  ///   replaced by what the row leaves behind. Nil for silence before.
  package func filter(
    _ x: NDArray, axis: Int, initial state: inout [Double]?
  ) throws(Diagnostic) -> NDArray {
    guard !x.isScalar else { throw Diagnostic("a single number has no axis to filter along") }
    let length = x.shape[try x.resolvedAxis(axis)]
    let keepsState = state != nil
    var states = state ?? []
    let result = try flushingDenormals { () throws(Diagnostic) in
      try x.replacingRows(along: axis, length: length) {
        (samples, target, row) throws(Diagnostic) in
        var initial = [Double](repeating: 0, count: order)
        if keepsState { initial = Array(states[row * order..<(row + 1) * order]) }
        let final = try filter(samples, into: target, initial: initial, needsFinal: keepsState)
        if keepsState { states.replaceSubrange(row * order..<(row + 1) * order, with: final) }
      }
    }
    if keepsState { state = states }
    return result
  }

  private func filter(
    _ x: UnsafeBufferPointer<Double>, into y: UnsafeMutablePointer<Double>, initial: [Double],
    needsFinal: Bool
  ) throws(Diagnostic) -> [Double] {
    guard !x.isEmpty else { return initial }
    let taps = b.indices.filter { b[$0] != 0 }
    let feedback = a.indices.dropFirst().filter { a[$0] != 0 }
    let isFinite = x.allSatisfy(\.isFinite) && (b + a).allSatisfy(\.isFinite)
    guard order > 0, isFinite || isConvolution,
      feedback.isEmpty || taps.count + feedback.count < order
    else {
      return try filterBySample(x, into: y, initial: initial)
    }
    if feedback.isEmpty {
      let samples = Array(x)
      let (longer, shorter) = x.count >= b.count ? (samples, b) : (b, samples)
      try NDArray.convolve(longer, shorter, range: 0..<x.count, into: y, isFinite ? .auto : .direct)
    } else {
      for index in x.indices { y[index] = 0 }
      try addProducts(of: x, to: y, taps)
    }
    for index in 0..<min(order, x.count) { y[index] += initial[index] }
    if !feedback.isEmpty { try feedBack(y, count: x.count, feedback) }
    return needsFinal
      ? try final(x, y, initial: initial, taps: taps, feedback: feedback) : initial
  }

  /// y[n] += Σ b[k] x[n - k] for the coefficients that are not 0.
  private func addProducts(
    of x: UnsafeBufferPointer<Double>, to y: UnsafeMutablePointer<Double>, _ taps: [Int]
  ) throws(Diagnostic) {
    for tap in taps where tap < x.count {
      let factor = b[tap]
      try Budget.forEachChunk(of: x.count - tap) { range in
        for index in range { y[index + tap] += factor * x[index] }
      }
    }
  }

  /// y[n] -= Σ a[k] y[n - k]. What comes back does so after the shortest delay, so that many samples
  /// can be computed side by side.
  private func feedBack(
    _ y: UnsafeMutablePointer<Double>, count: Int, _ feedback: [Int]
  ) throws(Diagnostic) {
    let size = min(feedback[0], 4096)
    var pace = Budget.Pace()
    var start = 0
    while start < count {
      let end = min(start + size, count)
      for delay in feedback where delay < end {
        let factor = a[delay]
        for index in max(start, delay)..<end { y[index] -= factor * y[index - delay] }
      }
      try pace.advance(by: (end - start) * feedback.count + feedback.count)
      start = end
    }
  }

  /// What the past adds to the `order` samples after the last one.
  private func final(
    _ x: UnsafeBufferPointer<Double>, _ y: UnsafeMutablePointer<Double>, initial: [Double],
    taps: [Int], feedback: [Int]
  ) throws(Diagnostic) -> [Double] {
    let count = x.count
    var state = [Double](repeating: 0, count: order)
    for index in 0..<max(0, order - count) { state[index] = initial[index + count] }
    var pace = Budget.Pace()
    for tap in taps where tap > 0 {
      for index in max(0, tap - count)..<tap { state[index] += b[tap] * x[count + index - tap] }
      try pace.advance(by: tap)
    }
    for delay in feedback {
      for index in max(0, delay - count)..<delay {
        state[index] -= a[delay] * y[count + index - delay]
      }
      try pace.advance(by: delay)
    }
    return state
  }

  private func filterBySample(
    _ x: UnsafeBufferPointer<Double>, into y: UnsafeMutablePointer<Double>, initial: [Double]
  ) throws(Diagnostic) -> [Double] {
    // One more, which stays 0.
    var state = initial + [0]
    let (order, b, a) = (order, b, a)
    switch order {
    case 0:
      try Budget.forEachChunk(of: x.count) { range in
        for index in range { y[index] = b[0] * x[index] }
      }
    case 1:
      var first = state[0]
      try Budget.forEachChunk(of: x.count, steps: 4) { range in
        for index in range {
          let output = first + b[0] * x[index]
          first = b[1] * x[index] - a[1] * output
          y[index] = output
        }
      }
      state[0] = first
    case 2:
      let section = SecondOrderSections.Section(b0: b[0], b1: b[1], b2: b[2], a1: a[1], a2: a[2])
      var memory = (state[0], state[1])
      try Budget.forEachChunk(of: x.count, steps: 5) { range in
        for index in range { y[index] = section.next(x[index], &memory) }
      }
      (state[0], state[1]) = memory
    default:
      try state.withUnsafeMutableBufferPointer { (state) throws(Diagnostic) in
        try b.withUnsafeBufferPointer { (b) throws(Diagnostic) in
          try a.withUnsafeBufferPointer { (a) throws(Diagnostic) in
            try Budget.forEachChunk(of: x.count, steps: 4 + order) { range in
              for index in range {
                let input = x[index]
                let output = state[0] + b[0] * input
                for tap in 0..<order {
                  state[tap] = state[tap + 1] + (b[tap + 1] * input - a[tap + 1] * output)
                }
                y[index] = output
              }
            }
          }
        }
      }
    }
    return Array(state.dropLast())
  }
}
