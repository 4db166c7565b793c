import Compute

/// A PyTorch array: the elements, and where they are. Its methods, promotion and errors are
/// PyTorch's; `x.numpy()` and `torch.tensor(x)` lead from one to the other.
package struct Tensor: Sendable {
  package var array: NDArray
  package var device: Device.Kind

  package init(_ array: NDArray, device: Device.Kind = .cpu) {
    self.array = array
    self.device = device
  }
}
