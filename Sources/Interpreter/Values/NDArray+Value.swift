import Compute

extension NDArray {
  /// The only element of an array as a plain Python number: what `.item()` returns. A complex
  /// element stays an array without axes.
  package func item() -> Value {
    precondition(elements.count == 1, "item() of an array of several elements")
    return pythonNumber(at: 0)
  }

  /// The element at `index`, in row-major order, as a plain Python number.
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

  /// The part at `index` along the first axis; for an array with one axis, a NumPy scalar.
  package func row(_ index: Int) -> NDArray {
    let rest = Array(shape.dropFirst())
    let count = rest.reduce(1, *)
    return NDArray(shape: rest, elements: elements[index * count..<(index + 1) * count])
  }
}
