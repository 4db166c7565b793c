import Compute

/// A network, with its weights once it was trained or loaded: what `nn.Sequential` makes has none,
/// `fit.model` and `load(file, like: model)` have.
package struct Model: Sendable {
  package let layer: Layer
  /// PyTorch's state_dict: names such as "0.weight", float32 arrays (`num_batches_tracked` is int64),
  /// in PyTorch's order. Nil without weights.
  package let state: [(name: String, array: NDArray)]?

  package init(layer: Layer) {
    self.layer = layer
    state = nil
  }

  /// - Throws: when names or shapes are not those of the layer's weights; says which.
  package init(layer: Layer, state: [(name: String, array: NDArray)]) throws(NetworkError) {
    self.layer = layer
    self.state = state
  }
}
