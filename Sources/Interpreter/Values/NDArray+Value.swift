import Compute

extension NDArray {
  /// The one element of an array that has one, as Python's own number: what `.item()` gives.
  /// A complex element stays an array without axes.
  package func item() -> Value {
    precondition(elements.count == 1, "item() of an array of several elements")
    return pythonNumber(at: 0)
  }

  /// Element `index` of all, in row-major order, as Python's own number.
  package func pythonNumber(at index: Int) -> Value {
    switch elements {
    case .bool(let a): .bool(a[index])
    case .uint8(let a): .int(Int(a[index]))
    case .int16(let a): .int(Int(a[index]))
    case .int32(let a): .int(Int(a[index]))
    case .int64(let a): .int(a[index])
    case .float32(let a): .float(Double(a[index]))
    case .float64(let a): .float(a[index])
    case .complex128(let a): .array(NDArray(shape: [], elements: .complex128([a[index]])))
    }
  }

  /// Part `index` along the first axis; of an array with one axis, a NumPy scalar.
  package func row(_ index: Int) -> NDArray {
    let rest = Array(shape.dropFirst())
    let count = rest.reduce(1, *)
    let part = index * count..<(index + 1) * count
    let elements: Elements =
      switch elements {
      case .bool(let a): .bool(Array(a[part]))
      case .uint8(let a): .uint8(Array(a[part]))
      case .int16(let a): .int16(Array(a[part]))
      case .int32(let a): .int32(Array(a[part]))
      case .int64(let a): .int64(Array(a[part]))
      case .float32(let a): .float32(Array(a[part]))
      case .float64(let a): .float64(Array(a[part]))
      case .complex128(let a): .complex128(Array(a[part]))
      }
    return NDArray(shape: rest, elements: elements)
  }
}
