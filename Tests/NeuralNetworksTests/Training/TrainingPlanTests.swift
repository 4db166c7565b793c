import Messages
import NeuralNetworks
import Testing

@Suite("Training plan")
struct TrainingPlanTests {
  @Test("Data and settings that do not fit are refused")
  func refusals() throws {
    let data = DataSet(inputs: [1, 2, 3, 4], sampleShape: [1, 2], labels: [0, 2])
    func message(
      _ layers: [Layer], _ data: DataSet, _ settings: Training.Settings = .init()
    ) -> String? {
      do {
        _ = try TrainingPlan(layer: .sequential(layers), data: data, settings: settings)
        return nil
      } catch {
        return error.message
      }
    }
    let fitting: [Layer] = [.flatten, .linear(inputs: 2, outputs: 3, hasBias: true)]
    #expect(message(fitting, data) == nil)
    #expect(
      message([.flatten, .linear(inputs: 2, outputs: 2, hasBias: true)], data)
        == "the network ends with 2 values, and the data has 3 classes")
    #expect(
      message([.activation(.relu)], data)
        == "the network ends with channels × length, (1, 2), and needs one value for each class")
    #expect(
      message(fitting, data, .init(batchSize: 0))
        == "batch_size is 0, but must be at least 1")
    #expect(
      message(fitting, data, .init(epochs: -1)) == "epochs is -1, but must be 0 or more")
    #expect(message(fitting, try data.selecting([])) == "the data has no samples")
    #expect(
      message(fitting, DataSet(inputs: [1, 2], sampleShape: [1, 2], labels: [-1]))
        == "the data has negative labels")
    #expect(
      message(fitting, DataSet(inputs: [1, .nan], sampleShape: [1, 2], labels: [0]))
        == "the data has values that are nan or inf")
    let long = DataSet(
      inputs: [Float](repeating: 0, count: 16 * 8000), sampleShape: [1, 8000],
      labels: [Int](repeating: 0, count: 16))
    let slow: [Layer] = [
      .conv1d(.init(inputChannels: 1, outputChannels: 8, kernelSize: 4001, padding: 2000)),
      .adaptiveAvgPool1d, .flatten, .linear(inputs: 8, outputs: 2, hasBias: true),
    ]
    #expect(
      message(slow, long)
        == "a batch of 16 takes 4097 million multiplications; 2000 million are allowed")
    // One signal takes as long as a chunk of 16.
    #expect(
      message(slow, long, .init(batchSize: 1))
        == "a batch of 1 takes 4097 million multiplications; 2000 million are allowed")
    let huge: [Layer] = [
      .conv1d(.init(inputChannels: 1, outputChannels: 1, kernelSize: 1, padding: 130_000_000))
    ]
    #expect(message(huge, long)?.contains("takes 15.5 GiB; 1 GiB is allowed") == true)
    let normalized: [Layer] = [
      .flatten, .batchNorm1d(features: 2, epsilon: 1e-5, momentum: 0.1), fitting[1],
    ]
    #expect(message(normalized, data) == nil)
    #expect(message(normalized, data, .init(batchSize: 1))?.contains("single sample") == true)
  }
}
