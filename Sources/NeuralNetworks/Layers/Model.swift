import Compute
import Messages

/// A network, with its weights once it was trained or loaded: what `nn.Sequential` makes has none,
/// `fit.model` and `load(file, like: model)` have.
package struct Model: Sendable {
  package let layer: Layer
  /// PyTorch's state_dict: names such as "0.weight", float32 arrays (`num_batches_tracked` is
  /// int64), in PyTorch's order. Nil without weights.
  package let state: [(name: String, array: NDArray)]?

  package var byteCount: Int { state?.reduce(0) { $0 + $1.array.byteCount } ?? 0 }

  package init(layer: Layer) {
    self.layer = layer
    state = nil
  }

  /// What a training has learned so far.
  init(_ plan: TrainingPlan, _ state: TrainingState) {
    layer = plan.layer
    self.state = state.stateDictionary(for: plan)
  }

  /// - Parameter state: in any order; float64 is rounded to float32. The counter of a batch norm's batches
  ///   may be missing, as in files from before PyTorch counted: nothing here computes with it.
  /// - Throws: when names or shapes are not those of the layer's weights; says which.
  package init(layer: Layer, state: [(name: String, array: NDArray)]) throws(Diagnostic) {
    let entries = try layer.stateEntries()
    for (name, _) in state where !entries.contains(where: { $0.name == name }) {
      throw Diagnostic(
        "there are weights named \(name), and the model has none of that name",
        hint: "load them like the model that they were saved from")
    }
    var ordered: [(name: String, array: NDArray)] = []
    for entry in entries {
      var found = state.first { $0.name == entry.name }?.array
      if found == nil, entry.role == .batchCounter { found = NDArray(scalar: 0) }
      guard let array = found else {
        throw Diagnostic(
          "the weights \(entry.name) of the model are missing",
          hint: "load them like the model that they were saved from")
      }
      guard array.shape == entry.shape else {
        throw Diagnostic(
          "\(entry.name) has shape \(NDArray.describe(shape: array.shape)), and the model takes "
            + NDArray.describe(shape: entry.shape),
          hint: "load it like the model that it was saved from")
      }
      guard array.type != .complex128, array.type != .bool else {
        throw Diagnostic("\(entry.name) is \(array.type.rawValue), but must be float32")
      }
      ordered.append(
        (entry.name, try array.asType(entry.role == .batchCounter ? .int64 : .float32)))
    }
    self.layer = layer
    self.state = ordered
  }
}

extension Model {
  /// Whether layers and weights are the same, bit for bit.
  package func isIdentical(to other: Model) -> Bool {
    guard layer == other.layer, state?.count == other.state?.count else { return false }
    return zip(state ?? [], other.state ?? []).allSatisfy {
      $0.name == $1.name && $0.array.isIdentical(to: $1.array)
    }
  }
}
