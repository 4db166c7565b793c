import Compute

/// A PyTorch tensor: the elements and their device. Methods, promotion and errors are PyTorch's;
/// `x.numpy()` and `torch.tensor(x)` convert to and from NumPy's arrays.
package struct Tensor: Sendable {
  package var array: NDArray
  package var device: DeviceKind

  package init(_ array: NDArray, device: DeviceKind = .cpu) {
    self.array = array
    self.device = device
  }

  /// The tensor with other elements, on the same device.
  package func map(_ transform: (NDArray) throws -> NDArray) rethrows -> Tensor {
    Tensor(try transform(array), device: device)
  }
}

extension Tensor {
  /// What the tensor's device makes of it.
  ///
  /// - Parameter others: the operands that follow the tensor.
  package func performing(
    _ operation: TensorOperation, _ others: [NDArray?] = []
  ) throws -> Tensor {
    let operands = [array] + others.compactMap(\.self)
    return Tensor(
      try Devices[device].perform(operation, operands.map(Operand.array)), device: device)
  }
}

extension Tensor {
  static let attributeNames = ["shape", "ndim", "dtype", "device", "T", "nbytes", "itemsize"]

  /// The value of an attribute; nil if there is no such attribute.
  func attribute(_ name: String) throws -> Value? {
    switch name {
    case "shape": .tensorShape(array.shape)
    case "ndim": .int(array.axisCount)
    case "dtype": .tensorType(array.type)
    case "device": .device(device)
    case "T": .tensor(try map { try $0.transposed() })
    case "nbytes": .int(array.byteCount)
    case "itemsize": .int(array.type.byteCount)
    case "requires_grad": .bool(false)
    default: nil
    }
  }
}
