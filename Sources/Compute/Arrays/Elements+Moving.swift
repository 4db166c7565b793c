// The three ways in which elements move, whatever their type: gathered, scattered, repeated.
// Indexing and every change of shape come down to these, so that only this file switches over
// types for them.

extension NDArray.Elements {
  /// The elements along a way, in its order.
  func gathered(_ view: StridedView) -> NDArray.Elements {
    switch self {
    case .bool(let values): .bool(gather(values, view))
    case .uint8(let values): .uint8(gather(values, view))
    case .int16(let values): .int16(gather(values, view))
    case .int32(let values): .int32(gather(values, view))
    case .int64(let values): .int64(gather(values, view))
    case .float32(let values): .float32(gather(values, view))
    case .float64(let values): .float64(gather(values, view))
    case .complex128(let values): .complex128(gather(values, view))
    }
  }

  /// The elements at these offsets.
  func gathered(at offsets: [Int]) -> NDArray.Elements {
    switch self {
    case .bool(let values): .bool(gather(values, offsets))
    case .uint8(let values): .uint8(gather(values, offsets))
    case .int16(let values): .int16(gather(values, offsets))
    case .int32(let values): .int32(gather(values, offsets))
    case .int64(let values): .int64(gather(values, offsets))
    case .float32(let values): .float32(gather(values, offsets))
    case .float64(let values): .float64(gather(values, offsets))
    case .complex128(let values): .complex128(gather(values, offsets))
    }
  }

  /// A copy in which `source`, cast to this type, stands along the way. A single source element
  /// goes everywhere.
  func scattering(_ source: NDArray.Elements, along view: StridedView) -> NDArray.Elements {
    switch self {
    case .bool(let values): .bool(scatter(source.values(), view, into: values))
    case .uint8(let values): .uint8(scatter(source.values(), view, into: values))
    case .int16(let values): .int16(scatter(source.values(), view, into: values))
    case .int32(let values): .int32(scatter(source.values(), view, into: values))
    case .int64(let values): .int64(scatter(source.values(), view, into: values))
    case .float32(let values): .float32(scatter(source.values(), view, into: values))
    case .float64(let values): .float64(scatter(source.values(), view, into: values))
    case .complex128(let values): .complex128(scatter(source.values(), view, into: values))
    }
  }

  /// As ``scattering(_:along:)`` for a list of offsets; of equal offsets the last one wins.
  func scattering(_ source: NDArray.Elements, at offsets: [Int]) -> NDArray.Elements {
    switch self {
    case .bool(let values): .bool(scatter(source.values(), offsets, into: values))
    case .uint8(let values): .uint8(scatter(source.values(), offsets, into: values))
    case .int16(let values): .int16(scatter(source.values(), offsets, into: values))
    case .int32(let values): .int32(scatter(source.values(), offsets, into: values))
    case .int64(let values): .int64(scatter(source.values(), offsets, into: values))
    case .float32(let values): .float32(scatter(source.values(), offsets, into: values))
    case .float64(let values): .float64(scatter(source.values(), offsets, into: values))
    case .complex128(let values): .complex128(scatter(source.values(), offsets, into: values))
    }
  }

  /// The first element, `count` times.
  func repeated(_ count: Int) -> NDArray.Elements {
    gathered(StridedView(shape: [count], strides: [0]))
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
