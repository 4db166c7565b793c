// The three ways in which elements move, whatever their type: gathered, scattered, repeated.
// Indexing and all changes of shape are built from these.

extension NDArray.Elements {
  /// The elements in a range of row-major positions.
  package subscript(range: Range<Int>) -> NDArray.Elements { accept(CopyRange(range: range)) }

  /// The elements along a view, in its order.
  func gathered(_ view: StridedView) -> NDArray.Elements { accept(GatherView(view: view)) }

  /// The elements at these offsets.
  func gathered(at offsets: [Int]) -> NDArray.Elements { accept(GatherOffsets(offsets: offsets)) }

  /// A copy in which `source`, cast to this type, stands along the view. A single source element
  /// goes everywhere.
  func scattering(_ source: NDArray.Elements, along view: StridedView) -> NDArray.Elements {
    accept(ScatterView(source: source, view: view))
  }

  /// As ``scattering(_:along:)`` for a list of offsets; of equal offsets the last one wins.
  func scattering(_ source: NDArray.Elements, at offsets: [Int]) -> NDArray.Elements {
    accept(ScatterOffsets(source: source, offsets: offsets))
  }

  /// The first element, `count` times.
  func repeated(_ count: Int) -> NDArray.Elements {
    gathered(StridedView(shape: [count], strides: [0]))
  }
}

private struct CopyRange: ElementVisitor {
  var range: Range<Int>

  func visit<T: ArrayElement>(_ values: [T]) -> NDArray.Elements {
    T.elements(Array(values[range]))
  }
}

private struct GatherView: ElementVisitor {
  var view: StridedView

  func visit<T: ArrayElement>(_ values: [T]) -> NDArray.Elements {
    T.elements(gather(values, view))
  }
}

private struct GatherOffsets: ElementVisitor {
  var offsets: [Int]

  func visit<T: ArrayElement>(_ values: [T]) -> NDArray.Elements {
    T.elements(gather(values, offsets))
  }
}

private struct ScatterView: ElementVisitor {
  var source: NDArray.Elements
  var view: StridedView

  func visit<T: ArrayElement>(_ values: [T]) -> NDArray.Elements {
    T.elements(scatter(source.values(), view, into: values))
  }
}

private struct ScatterOffsets: ElementVisitor {
  var source: NDArray.Elements
  var offsets: [Int]

  func visit<T: ArrayElement>(_ values: [T]) -> NDArray.Elements {
    T.elements(scatter(source.values(), offsets, into: values))
  }
}

private func gather<T: ArrayElement>(_ values: [T], _ view: StridedView) -> [T] {
  let count = view.count
  // The initializer would write to the storage that all empty arrays share, on every thread.
  guard count > 0 else { return [] }
  return [T](unsafeUninitializedCapacity: count) { target, initialized in
    values.withUnsafeBufferPointer { source in
      var next = 0
      view.forEachRun { start, length, step in
        for index in 0..<length {
          target.initializeElement(at: next + index, to: source[start &+ index &* step])
        }
        next += length
      }
    }
    initialized = count
  }
}

private func gather<T: ArrayElement>(_ values: [T], _ offsets: [Int]) -> [T] {
  values.withUnsafeBufferPointer { source in offsets.map { source[$0] } }
}

private func scatter<T: ArrayElement>(
  _ source: [T], _ view: StridedView, into values: [T]
) -> [T] {
  var values = values
  let advance = source.count == 1 ? 0 : 1
  values.withUnsafeMutableBufferPointer { target in
    source.withUnsafeBufferPointer { source in
      var next = 0
      view.forEachRun { start, length, step in
        for index in 0..<length {
          target[start &+ index &* step] = source[(next &+ index) &* advance]
        }
        next += length
      }
    }
  }
  return values
}

private func scatter<T: ArrayElement>(
  _ source: [T], _ offsets: [Int], into values: [T]
) -> [T] {
  var values = values
  let advance = source.count == 1 ? 0 : 1
  for (index, offset) in offsets.enumerated() { values[offset] = source[index * advance] }
  return values
}
