import Concurrency
import Messages

/// A view of the elements of a row-major array: where it starts, and the distance between neighbours
/// along each axis. A stride may be negative (flip) or 0 (broadcast).
struct StridedView {
  var shape: [Int]
  var strides: [Int]
  var offset = 0

  var count: Int { shape.reduce(1, *) }

  /// All of a row-major array of this shape.
  init(of shape: [Int]) {
    self.shape = shape
    strides = StridedView.strides(of: shape)
  }

  init(shape: [Int], strides: [Int], offset: Int = 0) {
    self.shape = shape
    self.strides = strides
    self.offset = offset
  }

  static func strides(of shape: [Int]) -> [Int] {
    var strides = [Int](repeating: 1, count: shape.count)
    for axis in stride(from: shape.count - 2, through: 0, by: -1) {
      strides[axis] = strides[axis + 1] * shape[axis + 1]
    }
    return strides
  }

  /// The same view with as few axes as possible, so that the innermost runs are long.
  private var simplified: StridedView {
    var sizes: [Int] = []
    var steps: [Int] = []
    for (size, step) in zip(shape, strides) where size != 1 {
      if let outer = steps.last, outer == step * size {
        sizes[sizes.count - 1] *= size
        steps[steps.count - 1] = step
      } else {
        sizes.append(size)
        steps.append(step)
      }
    }
    return StridedView(shape: sizes, strides: steps, offset: offset)
  }

  /// Calls `body` with the start, length and stride of every run along the last axis, in order;
  /// a long run comes in pieces.
  @inline(__always)
  func forEachRun(
    _ body: (_ start: Int, _ length: Int, _ stride: Int) -> Void
  ) throws(Diagnostic) {
    guard count > 0 else { return }
    let view = simplified
    guard let length = view.shape.last, let step = view.strides.last else {
      return body(view.offset, 1, 1)
    }
    var pace = Budget.Pace()
    let outerAxes = view.shape.count - 1
    var position = [Int](repeating: 0, count: outerAxes)
    var start = view.offset
    while true {
      if length <= Budget.stepsPerCheck {
        body(start, length, step)
        try pace.advance(by: length)
      } else {
        try Budget.forEachChunk(of: length) { range in
          body(start + range.lowerBound * step, range.count, step)
        }
      }
      var axis = outerAxes - 1
      while axis >= 0 {
        position[axis] += 1
        start += view.strides[axis]
        if position[axis] < view.shape[axis] { break }
        start -= view.strides[axis] * view.shape[axis]
        position[axis] = 0
        axis -= 1
      }
      if axis < 0 { return }
    }
  }

  /// The offset of every element, in order.
  func offsets() throws(Diagnostic) -> [Int] {
    try [Int](initializing: count) { (target) throws(Diagnostic) in
      var next = target
      try forEachRun { start, length, step in
        for index in 0..<length { (next + index).initialize(to: start + index * step) }
        next += length
      }
    }
  }
}
