import NeuralNetworks
import Testing

@Suite("Data sets")
struct DataSetTests {
  @Test("Selecting takes samples and labels in the order asked for")
  func selecting() {
    let data = DataSet(inputs: [1, 2, 3, 4, 5, 6], sampleShape: [1, 2], labels: [0, 1, 2])
    let chosen = data.selecting([2, 0])
    #expect(chosen.inputs == [5, 6, 1, 2])
    #expect(chosen.labels == [2, 0])
    #expect(data.classCount == 3)
  }
}
