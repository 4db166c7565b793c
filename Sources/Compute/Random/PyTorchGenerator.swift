/// PyTorch's random numbers on the CPU, bit for bit: `torch.manual_seed(seed)` and what follows.
package struct PyTorchGenerator: Hashable, Sendable {
  private var seed: UInt32

  package init(seed: UInt32) { self.seed = seed }
}
