import Compute
import Messages

/// A PyTorch tensor: the elements and their device. Methods, promotion and errors are PyTorch's;
/// `x.numpy()` and `torch.tensor(x)` convert to and from NumPy's arrays.
package struct Tensor: Sendable {
  /// In the memory of ``device``.
  package let array: NDArray
  package let device: DeviceKind

  /// On the processor.
  package init(_ array: NDArray) {
    self.array = array
    device = .cpu
  }

  /// - Throws: when the device has no room for the array, or has failed.
  package init(_ array: NDArray, device: DeviceKind) throws(Diagnostic) {
    self.array = try Devices[device].moving(array)
    self.device = device
  }

  /// The tensor with other elements, on the same device: what the transform computes is computed by
  /// the processor. An array that keeps its elements stays where it is.
  package func map(_ transform: (NDArray) throws -> NDArray) throws -> Tensor {
    try Tensor(transform(array), device: device)
  }

  /// The tensor on a device.
  package func moved(to device: DeviceKind) throws(Diagnostic) -> Tensor {
    try Tensor(array, device: device)
  }
}

extension Tensor {
  /// What the tensor's device makes of it.
  ///
  /// - Parameter others: the operands that follow the tensor.
  /// - Throws: when they are on different devices, or do not fit the operation.
  package func performing(
    _ operation: TensorOperation, _ others: [Tensor?] = []
  ) throws -> Tensor {
    let operands = [self] + others.compactMap(\.self)
    try Tensor.checkDevices(operands)
    return try Tensor(
      Devices[device].perform(operation, operands.map { .array($0.array) }), device: device)
  }

  /// - Throws: PyTorch's error when the tensors are on different devices.
  package static func checkDevices(_ tensors: [Tensor]) throws(Diagnostic) {
    guard let first = tensors.first?.device,
      let other = tensors.first(where: { $0.device != first })?.device
    else { return }
    throw Diagnostic(
      "Expected all tensors to be on the same device, but found at least two devices, "
        + "\(first.pythonName) and \(other.pythonName)",
      hint: "move one of them, as in x.to('\(other == .cpu ? first.rawValue : other.rawValue)')")
  }
}

extension Tensor {
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
