import Compute
import Concurrency
import Messages

/// A filter as a chain of filters of order 2, as `scipy.signal.sosfilt`: the form in which those of high
/// order stay accurate.
package struct SecondOrderSections: Sendable {
  struct Section: Sendable {
    var b0, b1, b2, a1, a2: Double

    /// Direct form II, transposed.
    @inline(__always)
    func next(_ x: Double, _ memory: inout (Double, Double)) -> Double {
      let y = b0 * x + memory.0
      memory.0 = b1 * x - a1 * y + memory.1
      memory.1 = b2 * x - a2 * y
      return y
    }
  }

  private let sections: [Section]
  package var count: Int { sections.count }

  /// - Parameter coefficients: rows of b0, b1, b2, 1, a1, a2.
  package init(_ coefficients: NDArray) throws(Diagnostic) {
    // One section alone may be a row.
    let isRow = coefficients.shape == [6]
    guard isRow || (coefficients.axisCount == 2 && coefficients.shape[1] == 6) else {
      throw Diagnostic(
        "the sections must have the shape (sections, 6), not "
          + NDArray.describe(shape: coefficients.shape),
        hint: "signal.butter(…, output=\"sos\") makes them")
    }
    guard coefficients.count > 0 else {
      throw Diagnostic(
        "there are no sections", hint: "signal.butter(…, output=\"sos\") makes them")
    }
    let values = try coefficients.doubles
    sections = stride(from: 0, to: values.count, by: 6).map {
      Section(
        b0: values[$0], b1: values[$0 + 1], b2: values[$0 + 2], a1: values[$0 + 4],
        a2: values[$0 + 5])
    }
    guard stride(from: 3, to: values.count, by: 6).allSatisfy({ values[$0] == 1 }) else {
      throw Diagnostic("the fourth coefficient of each section must be 1")
    }
  }

  /// Filters the rows along an axis.
  ///
  /// - Parameter state: two numbers for each section, section by section, for each row; replaced by what
  ///   the row leaves behind. Nil for silence before.
  package func filter(
    _ x: NDArray, axis: Int, initial state: inout [Double]?
  ) throws(Diagnostic) -> NDArray {
    guard !x.isScalar else { throw Diagnostic("a single number has no axis to filter along") }
    let length = x.shape[try x.resolvedAxis(axis)]
    let keepsState = state != nil
    var states = state ?? []
    let size = 2 * sections.count
    let result = try flushingDenormals { () throws(Diagnostic) in
      try x.replacingRows(along: axis, length: length) {
        (samples, target, row) throws(Diagnostic) in
        var memories = [(Double, Double)](repeating: (0, 0), count: sections.count)
        for index in memories.indices where keepsState {
          memories[index] = (states[row * size + 2 * index], states[row * size + 2 * index + 1])
        }
        try filter(samples, into: target, &memories)
        for index in memories.indices where keepsState {
          (states[row * size + 2 * index], states[row * size + 2 * index + 1]) = memories[index]
        }
      }
    }
    if keepsState { state = states }
    return result
  }

  private func filter(
    _ x: UnsafeBufferPointer<Double>, into y: UnsafeMutablePointer<Double>,
    _ memories: inout [(Double, Double)]
  ) throws(Diagnostic) {
    try Budget.forEachChunk(of: x.count, steps: 5 * max(1, sections.count)) { range in
      for index in range { y[index] = x[index] }
      var number = 0
      while number < sections.count {
        // Two sections side by side: the second one works on the sample before.
        if number + 1 < sections.count {
          let (first, second) = (sections[number], sections[number + 1])
          var (memory, next) = (memories[number], memories[number + 1])
          var waiting = first.next(y[range.lowerBound], &memory)
          for index in range.dropFirst() {
            let new = first.next(y[index], &memory)
            y[index - 1] = second.next(waiting, &next)
            waiting = new
          }
          y[range.upperBound - 1] = second.next(waiting, &next)
          (memories[number], memories[number + 1]) = (memory, next)
          number += 2
        } else {
          let section = sections[number]
          var memory = memories[number]
          for index in range { y[index] = section.next(y[index], &memory) }
          memories[number] = memory
          number += 1
        }
      }
    }
  }
}
