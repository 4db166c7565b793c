import Compute
import Messages
import NeuralNetworks
import Testing

@Suite("Models")
struct ModelTests {
  private let layer = Layer.sequential([
    .linear(inputs: 2, outputs: 1, hasBias: true),
    .batchNorm1d(features: 1, epsilon: 1e-5, momentum: 0.1),
  ])

  private var state: [(name: String, array: NDArray)] {
    [
      ("1.num_batches_tracked", NDArray(scalar: 3)),
      ("0.weight", NDArray(shape: [1, 2], values: [1, 2] as [Double])),
      ("0.bias", NDArray([5] as [Float])),
      ("1.weight", NDArray([2] as [Float])),
      ("1.bias", NDArray([7] as [Float])),
      ("1.running_mean", NDArray([3] as [Float])),
      ("1.running_var", NDArray([4 - 1e-5] as [Float])),
    ]
  }

  @Test("Weights in any order come out in PyTorch's, and compute")
  func loading() throws {
    let model = try Model(layer: layer, state: state)
    #expect(
      model.state?.map(\.name) == [
        "0.weight", "0.bias", "1.weight", "1.bias", "1.running_mean", "1.running_var",
        "1.num_batches_tracked",
      ])
    #expect(model.state?[0].array.type == .float32)
    #expect(model.state?[6].array.type == .int64)
    let data = DataSet(inputs: [10, 20], sampleShape: [2], labels: [0])
    // y = 10 + 2 · 20 + 5 = 55; (55 - 3) / √4 · 2 + 7 = 59
    let logits = try model.logits(of: data)
    #expect(try abs(logits.doubles[0] - 59) < 1e-4)
  }

  @Test("Files from before PyTorch counted batches are read")
  func withoutCounter() throws {
    let model = try Model(layer: layer, state: state.filter { !$0.name.contains("num_batches") })
    #expect(model.state?.last?.name == "1.num_batches_tracked")
    #expect(model.state?.last?.array == NDArray(scalar: 0))
  }

  @Test("Weights of another model are refused by name")
  func refusals() {
    func message(_ change: (inout [(name: String, array: NDArray)]) -> Void) -> String? {
      var state = state
      change(&state)
      do {
        _ = try Model(layer: layer, state: state)
        return nil
      } catch {
        return error.message
      }
    }
    #expect(message { $0.remove(at: 2) } == "the weights 0.bias of the model are missing")
    #expect(
      message { $0.append(("2.weight", NDArray([0]))) }
        == "there are weights named 2.weight, and the model has none of that name")
    #expect(
      message { $0[1].array = NDArray([1, 2, 3] as [Float]) }
        == "0.weight has shape (3,), and the model takes (1, 2)")
    #expect(message { _ in } == nil)
  }

  @Test("A model without weights computes nothing")
  func withoutWeights() {
    #expect(throws: Diagnostic.self) {
      try Model(layer: layer).logits(
        of: DataSet(inputs: [1, 2], sampleShape: [2], labels: [0]))
    }
  }
}
