import Compute
import NeuralNetworks
import Testing

@Suite("Data sets")
struct DataSetTests {
  @Test("Selecting takes samples and labels in the order asked for")
  func selecting() throws {
    let data = DataSet(inputs: [1, 2, 3, 4, 5, 6], sampleShape: [1, 2], labels: [0, 1, 2])
    let chosen = try data.selecting([2, 0])
    #expect(chosen.inputs == [5, 6, 1, 2])
    #expect(chosen.labels == [2, 0])
    #expect(data.classCount == 3)
  }

  @Test("A split is PyTorch's random_split: the same samples, and the stream as it is then")
  func splitting() throws {
    let expected = try SafeTensors("train-seed0-cnn-asgd.safetensors")
    let data = DataSet(
      inputs: (0..<600).map(Float.init), sampleShape: [1, 1], labels: Array(0..<600))
    let (train, test) = try data.split(fraction: 0.8, seed: 0)
    #expect(train.labels == (try expected.integers("train_indices")))
    #expect(test.labels == (try expected.integers("test_indices")))
    #expect(train.inputs == train.labels.map(Float.init))
    var random = PyTorchGenerator(seed: 0)
    _ = random.permutation(600)
    #expect(train.random == random)
    #expect(test.random == random)
  }

  @Test("A fraction outside of 0 ... 1 is the nearer end")
  func extremeSplits() throws {
    let data = DataSet(inputs: [1, 2], sampleShape: [1], labels: [0, 1])
    #expect(try data.split(fraction: 2, seed: 0).train.count == 2)
    #expect(try data.split(fraction: -1, seed: 0).test.count == 2)
    #expect(try data.split(fraction: .nan, seed: 0).train.count == 0)
  }
}
