import Concurrency
import Messages

/// Which elements of an array an index means, and the shape in which they come out.
struct Selection {
  var shape: [Int]
  var elements: Elements

  enum Elements {
    /// Integers and slices only.
    case view(StridedView)
    /// With masks or index arrays: the offset of each element.
    case offsets([Int])
  }
}

extension Selection {
  /// Resolves an index against the shape of an array.
  ///
  /// NumPy's rule for several index arrays: they broadcast together, and integers count as such
  /// arrays when there is one. The axes of the broadcast shape stand where the arrays stood if
  /// these were neighbours, else in front.
  init(_ index: [Index], of arrayShape: [Int], rule: IndexRule) throws(Diagnostic) {
    var parser = IndexParser(arrayShape, rule)
    try parser.parse(index)
    let basicShape = parser.view.shape
    guard !parser.advanced.isEmpty else {
      self.init(shape: basicShape, elements: .view(parser.view))
      return
    }
    let (advancedShape, advancedOffsets) = try parser.broadcastAdvanced()
    let front = parser.areAdvancedNeighbours ? parser.advancedPosition : 0
    let shape = Array(basicShape[..<front]) + advancedShape + basicShape[front...]
    // The list of offsets is larger than most arrays.
    let count = try NDArray.checkedCount(shape: shape, type: .int64)
    let outer = try StridedView(
      shape: Array(basicShape[..<front]), strides: Array(parser.view.strides[..<front]),
      offset: parser.view.offset
    ).offsets()
    let inner = try StridedView(
      shape: Array(basicShape[front...]), strides: Array(parser.view.strides[front...])
    ).offsets()
    let offsets = try [Int](initializing: count) { (target) throws(Diagnostic) in
      var next = target
      var pace = Budget.Pace()
      for start in outer {
        for offset in advancedOffsets {
          for rest in inner {
            next.initialize(to: start + offset + rest)
            next += 1
          }
          try pace.advance(by: inner.count)
        }
      }
    }
    self.init(shape: shape, elements: .offsets(offsets))
  }
}

/// Walks over the parts of an index and the axes of an array at the same time.
private struct IndexParser {
  /// Index arrays together with the axis they select from.
  struct Advanced {
    var indices: NDArray
    var stride: Int
  }

  private let sizes: [Int]
  private let strides: [Int]
  private let rule: IndexRule
  private var axis = 0
  /// What slices and new axes select so far.
  var view = StridedView(shape: [], strides: [])
  var advanced: [Advanced] = []
  /// How many axes of ``view`` stand before the first index array.
  var advancedPosition = 0
  /// Whether nothing stood between them, not even an ellipsis for no axes at all.
  var areAdvancedNeighbours = true
  private var part = 0
  private var lastAdvancedPart = 0

  init(_ shape: [Int], _ rule: IndexRule) {
    self.rule = rule
    sizes = shape
    strides = StridedView.strides(of: shape)
  }

  mutating func parse(_ index: [Index]) throws(Diagnostic) {
    var taken = 0
    var ellipses = 0
    var hasArrays = false
    for part in index {
      switch part {
      case .integer, .slice: taken += 1
      case .indices:
        taken += 1
        hasArrays = true
      case .mask(let mask):
        taken += mask.axisCount
        hasArrays = true
      case .ellipsis: ellipses += 1
      case .newAxis: break
      }
    }
    guard ellipses <= 1 else { throw Diagnostic("an index can have only one ellipsis (...)") }
    guard taken <= sizes.count else {
      let axes = sizes.count == 1 ? "1 axis" : "\(sizes.count) axes"
      throw Diagnostic("\(taken) indices are too many for an array of \(axes)")
    }
    for part in ellipses == 0 ? index + [.ellipsis] : index {
      switch part {
      case .integer(let index):
        let resolved = try Index.resolve(index, axis: axis, size: sizes[axis])
        if hasArrays, rule == .numPy {
          append(NDArray(scalar: resolved), stride: strides[axis])
        } else {
          view.offset += resolved * strides[axis]
        }
        axis += 1
      case .slice(let start, let stop, let step):
        let slice = try Index.resolveSlice(
          start: start, stop: stop, step: step, size: sizes[axis])
        view.offset += slice.start * strides[axis]
        view.shape.append(slice.count)
        view.strides.append(slice.step * strides[axis])
        axis += 1
      case .ellipsis:
        for _ in 0..<sizes.count - taken {
          view.shape.append(sizes[axis])
          view.strides.append(strides[axis])
          axis += 1
        }
      case .newAxis:
        view.shape.append(1)
        view.strides.append(0)
      case .indices(let indices):
        append(try resolve(indices), stride: strides[axis])
        axis += 1
      case .mask(let mask): try append(mask: mask)
      }
      if case .integer = part, rule == .pyTorch { continue }
      self.part += 1
    }
    try NDArray.checkAxisCount(view.shape.count)
  }

  private func resolve(_ indices: NDArray) throws(Diagnostic) -> NDArray {
    // An empty list is float64 and still an index.
    guard indices.type.isInteger || indices.count == 0 else {
      throw Diagnostic("an array of \(indices.type.rawValue) cannot be an index: use integers")
    }
    let given: [Int] = try indices.values()
    let (axis, size) = (axis, sizes[axis])
    let resolved = try [Int](initializing: given.count) { (target) throws(Diagnostic) in
      try Budget.forEachChunk(of: given.count) { (range) throws(Diagnostic) in
        for index in range {
          (target + index).initialize(
            to: try Index.resolve(given[index], axis: axis, size: size))
        }
      }
    }
    return NDArray(shape: indices.shape, values: resolved)
  }

  private mutating func append(mask: NDArray) throws(Diagnostic) {
    let truths: [Bool] = try mask.values()
    if mask.isScalar {
      // True is an axis of size 1, False one of size 0; neither takes an axis of the array.
      append(NDArray([Int](repeating: 0, count: truths[0] ? 1 : 0)), stride: 0)
      return
    }
    for (offset, size) in mask.shape.enumerated() where size != sizes[axis + offset] {
      throw Diagnostic(
        "a mask of size \(size) does not match axis \(axis + offset) with size "
          + "\(sizes[axis + offset])")
    }
    for indices in try mask.nonzero() {
      append(indices, stride: strides[axis])
      axis += 1
    }
  }

  private mutating func append(_ indices: NDArray, stride: Int) {
    if advanced.isEmpty {
      advancedPosition = view.shape.count
    } else if part > lastAdvancedPart + 1 {
      areAdvancedNeighbours = false
    }
    lastAdvancedPart = part
    advanced.append(Advanced(indices: indices, stride: stride))
  }

  /// The shape of all index arrays together, and the offset that they add at each index.
  func broadcastAdvanced() throws(Diagnostic) -> (shape: [Int], offsets: [Int]) {
    let shape = try NDArray.broadcastShape(advanced.map(\.indices.shape))
    let count = try NDArray.checkedCount(shape: shape, type: .int64)
    // One list needs no sum, nor a copy when its elements are neighbours.
    if advanced.count == 1, advanced[0].stride == 1 {
      return (shape, try advanced[0].indices.values())
    }
    var offsets = try [Int](filled: 0, count: count)
    for part in advanced {
      let indices: [Int] = try part.indices.broadcast(to: shape).values()
      try Budget.forEachChunk(of: count) { range in
        for index in range { offsets[index] += indices[index] * part.stride }
      }
    }
    return (shape, offsets)
  }
}
