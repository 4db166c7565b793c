import Concurrency
import Messages

// The three ways in which elements move, whatever their type: gathered, scattered, repeated.
// Indexing and all changes of shape are built from these.

extension NDArray.Elements {
  /// The elements in a range of row-major positions.
  ///
  /// Asks for no memory: whoever takes an array apart accounts for the parts.
  package subscript(range: Range<Int>) -> NDArray.Elements { accept(CopyRange(range: range)) }

  /// The elements along a view, in its order.
  func gathered(_ view: StridedView) throws(Diagnostic) -> NDArray.Elements {
    try accept(GatherView(view: view))
  }

  /// The elements at these offsets.
  func gathered(at offsets: [Int]) throws(Diagnostic) -> NDArray.Elements {
    try accept(GatherOffsets(offsets: offsets))
  }

  /// A copy in which `source`, cast to this type, stands along the view. A single source element
  /// goes everywhere.
  func scattering(
    _ source: NDArray.Elements, along view: StridedView
  ) throws(Diagnostic) -> NDArray.Elements {
    try accept(ScatterView(source: source, view: view))
  }

  /// As ``scattering(_:along:)`` for a list of offsets; of equal offsets the last one wins.
  func scattering(
    _ source: NDArray.Elements, at offsets: [Int]
  ) throws(Diagnostic) -> NDArray.Elements {
    try accept(ScatterOffsets(source: source, offsets: offsets))
  }

  /// `count` elements equal to the only one of `filler`, but these along the view.
  func surrounded(
    by filler: NDArray.Elements, count: Int, along view: StridedView
  ) throws(Diagnostic) -> NDArray.Elements {
    try accept(Surround(filler: filler, count: count, view: view))
  }

  /// Blocks of `length` elements, of which there are `size` in each of `outer` groups: of each group
  /// those with the numbers that `source` gives for 0 ..< count.
  func blocks(
    _ count: Int, length: Int, size: Int, outer: Int, from source: @escaping (Int) -> Int
  ) throws(Diagnostic) -> NDArray.Elements {
    try accept(TakeBlocks(count: count, length: length, size: size, outer: outer, source: source))
  }

  /// Each group of consecutive elements `count` times in a row.
  ///
  /// - Precondition: there are elements, and whole groups of them.
  func repeated(_ count: Int, group: Int) throws(Diagnostic) -> NDArray.Elements {
    try accept(RepeatGroups(count: count, group: group))
  }

  /// Each group of consecutive elements turned to the right, its last `distance` elements first.
  ///
  /// - Precondition: the distance is not longer than a group.
  func rolled(by distance: Int, group: Int) throws(Diagnostic) -> NDArray.Elements {
    try accept(RollGroups(distance: distance, group: group))
  }

  /// The first element, `count` times.
  func repeated(_ count: Int) throws(Diagnostic) -> NDArray.Elements {
    try gathered(StridedView(shape: [count], strides: [0]))
  }
}

private struct CopyRange: ElementVisitor {
  typealias Failure = Never
  var range: Range<Int>

  func visit<T: ArrayElement>(_ values: [T]) -> NDArray.Elements {
    T.elements(Array(values[range]))
  }
}

private struct GatherView: ElementVisitor {
  var view: StridedView

  func visit<T: ArrayElement>(_ values: [T]) throws(Diagnostic) -> NDArray.Elements {
    T.elements(try gather(values, view))
  }
}

private struct GatherOffsets: ElementVisitor {
  var offsets: [Int]

  func visit<T: ArrayElement>(_ values: [T]) throws(Diagnostic) -> NDArray.Elements {
    T.elements(try gather(values, offsets))
  }
}

private struct ScatterView: ElementVisitor {
  var source: NDArray.Elements
  var view: StridedView

  func visit<T: ArrayElement>(_ values: [T]) throws(Diagnostic) -> NDArray.Elements {
    var result = try values.mapInChunks { $0 }
    try scatter(try source.values(), view, into: &result)
    return T.elements(result)
  }
}

private struct ScatterOffsets: ElementVisitor {
  var source: NDArray.Elements
  var offsets: [Int]

  func visit<T: ArrayElement>(_ values: [T]) throws(Diagnostic) -> NDArray.Elements {
    let source: [T] = try source.values()
    var result = try values.mapInChunks { $0 }
    let advance = source.count == 1 ? 0 : 1
    try Budget.forEachChunk(of: offsets.count) { range in
      for index in range { result[offsets[index]] = source[index * advance] }
    }
    return T.elements(result)
  }
}

private struct Surround: ElementVisitor {
  var filler: NDArray.Elements
  var count: Int
  var view: StridedView

  func visit<T: ArrayElement>(_ values: [T]) throws(Diagnostic) -> NDArray.Elements {
    let filler: T = try filler.values()[0]
    return T.elements(
      try values.withUnsafeBufferPointer { (source) throws(Diagnostic) in
        try [T](initializing: count) { (target) throws(Diagnostic) in
          // Runs come in the order of the result; what lies between them is filled.
          var (filled, next) = (0, 0)
          try view.forEachRun { start, length, _ in
            (target + filled).initialize(repeating: filler, count: start - filled)
            (target + start).initialize(from: source.baseAddress! + next, count: length)
            next += length
            filled = start + length
          }
          let end = filled
          try Budget.forEachChunk(of: count - end) { range in
            (target + end + range.lowerBound).initialize(repeating: filler, count: range.count)
          }
        }
      })
  }
}

private struct RepeatGroups: ElementVisitor {
  var count: Int
  var group: Int

  func visit<T: ArrayElement>(_ values: [T]) throws(Diagnostic) -> NDArray.Elements {
    T.elements(
      try values.withUnsafeBufferPointer { (values) throws(Diagnostic) in
        try [T](initializing: values.count * count) { (target) throws(Diagnostic) in
          if group == 1 {
            try Budget.forEachChunk(of: values.count, steps: count) { (range) throws(Diagnostic) in
              for index in range {
                try Budget.forEachChunk(of: count) { copies in
                  let value = values[index]
                  for copy in copies { (target + index * count + copy).initialize(to: value) }
                }
              }
            }
            return
          }
          var next = target
          var pace = Budget.Pace()
          for start in stride(from: 0, to: values.count, by: group) {
            for _ in 0..<count {
              try copy(values.baseAddress! + start, to: &next, count: group)
              try pace.advance(by: group + 8)
            }
          }
        }
      })
  }
}

private struct RollGroups: ElementVisitor {
  var distance: Int
  var group: Int

  func visit<T: ArrayElement>(_ values: [T]) throws(Diagnostic) -> NDArray.Elements {
    T.elements(
      try values.withUnsafeBufferPointer { (values) throws(Diagnostic) in
        try [T](initializing: values.count) { (target) throws(Diagnostic) in
          var next = target
          var pace = Budget.Pace()
          for start in stride(from: 0, to: values.count, by: group) {
            let source = values.baseAddress! + start
            try copy(source + (group - distance), to: &next, count: distance)
            try copy(source, to: &next, count: group - distance)
            try pace.advance(by: group + 8)
          }
        }
      })
  }
}

/// Copies and moves on.
private func copy<T: ArrayElement>(
  _ source: UnsafePointer<T>, to target: inout UnsafeMutablePointer<T>, count: Int
) throws(Diagnostic) {
  let start = target
  try Budget.forEachChunk(of: count) { range in
    (start + range.lowerBound).initialize(from: source + range.lowerBound, count: range.count)
  }
  target += count
}

private struct TakeBlocks: ElementVisitor {
  var count: Int
  var length: Int
  var size: Int
  var outer: Int
  var source: (Int) -> Int

  func visit<T: ArrayElement>(_ values: [T]) throws(Diagnostic) -> NDArray.Elements {
    let total = outer * count * length
    return T.elements(
      try values.withUnsafeBufferPointer { (values) throws(Diagnostic) in
        try [T](initializing: total) { (target) throws(Diagnostic) in
          var pace = Budget.Pace()
          for group in 0..<outer {
            try Budget.forEachChunk(of: count, steps: length + 8) { range in
              for position in range {
                let start = (group * size + source(position)) * length
                let next = target + (group * count + position) * length
                for index in 0..<length { (next + index).initialize(to: values[start + index]) }
              }
            }
            try pace.advance(by: count * length)
          }
        }
      })
  }
}

private func gather<T: ArrayElement>(
  _ values: [T], _ view: StridedView
) throws(Diagnostic) -> [T] {
  try values.withUnsafeBufferPointer { (source) throws(Diagnostic) in
    try [T](initializing: view.count) { (target) throws(Diagnostic) in
      var next = 0
      try view.forEachRun { start, length, step in
        // The first two are as fast as memory.
        switch step {
        case 0: (target + next).initialize(repeating: source[start], count: length)
        case 1: (target + next).initialize(from: source.baseAddress! + start, count: length)
        default:
          for index in 0..<length {
            (target + next + index).initialize(to: source[start &+ index &* step])
          }
        }
        next += length
      }
    }
  }
}

private func gather<T: ArrayElement>(
  _ values: [T], _ offsets: [Int]
) throws(Diagnostic) -> [T] {
  try values.withUnsafeBufferPointer { (source) throws(Diagnostic) in
    try offsets.mapInChunks { source[$0] }
  }
}

private func scatter<T: ArrayElement>(
  _ source: [T], _ view: StridedView, into values: inout [T]
) throws(Diagnostic) {
  let advance = source.count == 1 ? 0 : 1
  try values.withUnsafeMutableBufferPointer { (target) throws(Diagnostic) in
    try source.withUnsafeBufferPointer { (source) throws(Diagnostic) in
      var next = 0
      try view.forEachRun { start, length, step in
        for index in 0..<length {
          target[start &+ index &* step] = source[(next &+ index) &* advance]
        }
        next += length
      }
    }
  }
}
