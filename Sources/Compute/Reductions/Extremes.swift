extension NDArray {
  /// The greatest element along the axes, or nan where there is one. Keeps the type.
  ///
  /// - Throws: when there are no elements to choose from.
  package func maximum(
    over axes: [Int]? = nil, keepingAxes: Bool = false
  ) throws(ArrayError) -> NDArray {
    try extremes("maximum", over: axes, keepingAxes: keepingAxes, .greatest)
  }

  /// The least element along the axes, or nan where there is one. Keeps the type.
  ///
  /// - Throws: when there are no elements to choose from.
  package func minimum(
    over axes: [Int]? = nil, keepingAxes: Bool = false
  ) throws(ArrayError) -> NDArray {
    try extremes("minimum", over: axes, keepingAxes: keepingAxes, .least)
  }

  /// The index of the first greatest element along an axis, or in the flattened array; nan counts
  /// as greatest. int64.
  ///
  /// - Throws: when there are no elements to choose from.
  package func indexOfMaximum(
    axis: Int? = nil, keepingAxes: Bool = false
  ) throws(ArrayError) -> NDArray {
    try indices("maximum", axis: axis, keepingAxes: keepingAxes, .greatest).places
  }

  /// The index of the first least element along an axis, or in the flattened array; nan counts as
  /// least. int64.
  ///
  /// - Throws: when there are no elements to choose from.
  package func indexOfMinimum(
    axis: Int? = nil, keepingAxes: Bool = false
  ) throws(ArrayError) -> NDArray {
    try indices("minimum", axis: axis, keepingAxes: keepingAxes, .least).places
  }

  private func extremes(
    _ name: String, over axes: [Int]?, keepingAxes: Bool, _ extreme: Extreme
  ) throws(ArrayError) -> NDArray {
    let lanes = try lanes(over: axes, keepingAxes: keepingAxes)
    let places = try lanes.places(of: extreme, name)
    let offsets = places.enumerated().map { $0.offset * lanes.length + $0.element }
    return NDArray(shape: lanes.resultShape, elements: lanes.elements.gathered(at: offsets))
  }

  private func indices(
    _ name: String, axis: Int?, keepingAxes: Bool, _ extreme: Extreme
  ) throws(ArrayError) -> (places: NDArray, lanes: Lanes) {
    let lanes = try lanes(over: axis.map { [$0] }, keepingAxes: keepingAxes)
    let places = try lanes.places(of: extreme, name)
    return (NDArray(shape: lanes.resultShape, values: places), lanes)
  }
}

private enum Extreme {
  case least, greatest
}

extension Lanes {
  /// The index of the first extreme, or the first nan, in each lane.
  fileprivate func places(of extreme: Extreme, _ name: String) throws(ArrayError) -> [Int] {
    guard length > 0 || count == 0 else {
      throw ArrayError("an array without elements has no \(name)")
    }
    return switch elements {
    case .bool(let values): places(values, extreme)
    case .uint8(let values): places(values, extreme)
    case .int16(let values): places(values, extreme)
    case .int32(let values): places(values, extreme)
    case .int64(let values): places(values, extreme)
    case .float32(let values): places(values, extreme)
    case .float64(let values): places(values, extreme)
    case .complex128(let values): places(values, extreme)
    }
  }

  private func places<T: ArrayElement>(_ values: [T], _ extreme: Extreme) -> [Int] {
    map(values) { lane in
      var best = 0
      if lane[0].isNotANumber { return 0 }
      for index in 1..<max(1, lane.count) {
        if lane[index].isNotANumber { return index }
        let isBetter =
          extreme == .greatest
          ? lane[best].precedes(lane[index]) : lane[index].precedes(lane[best])
        if isBetter { best = index }
      }
      return best
    }
  }
}
