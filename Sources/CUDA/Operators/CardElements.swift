import Compute
import Concurrency
import Messages

/// The elements of an array in a card's memory.
final class CardElements: DeviceElements {
  let device = DeviceKind.cuda
  let type: ElementType
  let count: Int
  let memory: DeviceMemory
  private let stream: Stream
  /// Once somebody has asked for them; from the beginning, where they came from there.
  private let copy: Monitor<NDArray.Elements?>

  init(
    _ memory: DeviceMemory, type: ElementType, count: Int, copy: NDArray.Elements? = nil,
    _ stream: Stream
  ) {
    self.memory = memory
    self.type = type
    self.count = count
    self.stream = stream
    self.copy = Monitor(copy)
  }

  func fetch() throws(Diagnostic) -> NDArray.Elements {
    let result = copy.withLock { [memory, type, count, stream] copy in
      if let copy { return Result<NDArray.Elements, CUDAFailure>.success(copy) }
      let result = Result { () throws(CUDAFailure) in
        try NDArray.Elements(copying: memory, type: type, count: count, stream)
      }
      copy = try? result.get()
      return result
    }
    do throws(CUDAFailure) {
      return try result.get()
    } catch {
      throw error.diagnostic
    }
  }
}

extension NDArray.Elements {
  fileprivate init(
    copying memory: DeviceMemory, type: ElementType, count: Int, _ stream: Stream
  ) throws(CUDAFailure) {
    func array<T: ArrayElement>(_ type: T.Type) throws(CUDAFailure) -> NDArray.Elements {
      var values = [T](repeating: .zero, count: count)
      // Every element type is stored as its bytes; those of Bool are 0 and 1 on the card, too.
      try values.withUnsafeMutableBufferPointer { (values) throws(CUDAFailure) in
        try stream.copy(memory, to: UnsafeMutableRawBufferPointer(values))
      }
      return T.elements(values)
    }
    self =
      switch type {
      case .bool: try array(Bool.self)
      case .uint8: try array(UInt8.self)
      case .int16: try array(Int16.self)
      case .int32: try array(Int32.self)
      case .int64: try array(Int.self)
      case .float32: try array(Float.self)
      case .float64: try array(Double.self)
      case .complex128: try array(Complex.self)
      }
  }

  /// The elements' bytes.
  fileprivate func withBytes(
    _ body: (UnsafeRawBufferPointer) throws(CUDAFailure) -> Void
  ) throws(CUDAFailure) {
    func lend<T>(_ values: [T]) throws(CUDAFailure) {
      try values.withUnsafeBufferPointer { (values) throws(CUDAFailure) in
        try body(UnsafeRawBufferPointer(values))
      }
    }
    switch self {
    case .bool(let values): try lend(values)
    case .uint8(let values): try lend(values)
    case .int16(let values): try lend(values)
    case .int32(let values): try lend(values)
    case .int64(let values): try lend(values)
    case .float32(let values): try lend(values)
    case .float64(let values): try lend(values)
    case .complex128(let values): try lend(values)
    }
  }
}

extension OpenedCard {
  /// The elements of an array on the card: copied there, unless that is where they are.
  func elements(moving array: NDArray) throws(CUDAFailure) -> CardElements {
    if let elements = array.deviceElements as? CardElements, elements.memory.card === card {
      return elements
    }
    let elements = array.elements
    let memory = try card.allocate(array.byteCount)
    try elements.withBytes { (bytes) throws(CUDAFailure) in try stream.copy(bytes, to: memory) }
    try stream.synchronize()
    return CardElements(memory, type: array.type, count: array.count, copy: elements, stream)
  }
}

extension CUDADevice {
  package func moving(_ array: NDArray) throws(Diagnostic) -> NDArray {
    // What another device has may be lost.
    let array = array.deviceElements is CardElements ? array : try array.fetched()
    return NDArray(
      shape: array.shape,
      deviceElements: try use { (opened) throws(CUDAFailure) in try opened.elements(moving: array) }
    )
  }
}
