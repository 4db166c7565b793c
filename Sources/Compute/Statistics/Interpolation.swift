import Concurrency
import Messages

extension NDArray {
  /// As `np.interp`: the values at `x` of the polygon through points whose positions increase.
  ///
  /// - Parameters:
  ///   - left: the value before the first point; its own if nil.
  ///   - right: the value behind the last point; its own if nil.
  package func interpolated(
    positions: [Double], values: [Double], left: Double? = nil, right: Double? = nil
  ) throws(Diagnostic) -> NDArray {
    guard !positions.isEmpty else { throw Diagnostic("there are no points to interpolate between") }
    guard positions.count == values.count else {
      throw Diagnostic(
        "xp and fp must have the same length, but they have \(positions.count) and \(values.count)")
    }
    guard type != .complex128 else { throw Diagnostic("positions must be real") }
    let last = positions.count - 1
    let (before, behind) = (left ?? values[0], right ?? values[last])
    return try .releasingTemporaries { () throws(Diagnostic) in
      let points = try doubles
      let result = try positions.withUnsafeBufferPointer { (positions) throws(Diagnostic) in
        try values.withUnsafeBufferPointer { (values) throws(Diagnostic) in
          // Neighbours often lie in the same stretch.
          var stretch = 0
          return try points.mapInChunks(steps: 16) { x in
            if x.isNaN { return x }
            if x > positions[last] { return behind }
            if x < positions[0] { return before }
            if x == positions[last] || last == 0 { return values[last] }
            if !(positions[stretch] <= x && x < positions[stretch + 1]) {
              var (low, high) = (0, last)
              while high - low > 1 {
                let middle = (low + high) / 2
                if positions[middle] <= x { low = middle } else { high = middle }
              }
              stretch = low
            }
            let (start, end) = (positions[stretch], positions[stretch + 1])
            let slope = (values[stretch + 1] - values[stretch]) / (end - start)
            let value = slope * (x - start) + values[stretch]
            guard value.isNaN else { return value }
            let other = slope * (x - end) + values[stretch + 1]
            return other.isNaN && values[stretch] == values[stretch + 1] ? values[stretch] : other
          }
        }
      }
      return NDArray(shape: shape, values: result)
    }
  }

  /// As `np.unwrap`: jumps of more than half a period between neighbours along an axis are taken for ones
  /// over its end, and undone by whole periods.
  ///
  /// - Parameter threshold: smaller jumps stay; half a period if that is more.
  package func unwrapped(
    axis: Int, period: Double, threshold: Double? = nil
  ) throws(Diagnostic) -> NDArray {
    guard type != .complex128 else { throw Diagnostic("angles must be real", hint: "use np.angle") }
    guard period > 0, period.isFinite else { throw Diagnostic("the period must be above 0") }
    let half = period / 2
    let threshold = threshold ?? half
    return try mappingRows(along: axis) { (rows) throws(Diagnostic) in
      let values: [Double] = try rows.elements.values()
      let result: [Double] = try rows.mapRows(values) { (row, target) throws(Diagnostic) in
        var correction = 0.0
        try Budget.forEachChunk(of: row.count, steps: 8) { range in
          for index in range {
            if index > 0 {
              let step = row[index] - row[index - 1]
              var wrapped = (step + half).truncatingRemainder(dividingBy: period)
              if wrapped < 0 { wrapped += period }
              wrapped -= half
              if wrapped == -half, step > 0 { wrapped = half }
              if !(abs(step) < threshold) { correction += wrapped - step }
            }
            (target + index).initialize(to: index == 0 ? row[index] : row[index] + correction)
          }
        }
      }
      return try type == .float32
        ? NDArray(result).asType(.float32).elements : .float64(result)
    }
  }
}
