import Compute
import NeuralNetworks
import RunningCells
import Testing

@Suite struct DataSetsTests {
  @Test func waveformsAreSinesTrianglesAndSquares() throws {
    let cell = try RunningCell(
      """
      X, y = waveforms(count=3, length=64, noise=0, freq=(2, 2), phase=(0, 0), fs=64)
      shape = X.shape; classes = list(y)
      t = np.arange(64) / 64
      sine = X[0] / np.max(np.abs(X[0])); error = np.max(np.abs(sine - np.sin(4 * np.pi * t)))
      levels = [len(np.argsort(row[np.abs(np.abs(row) - np.max(row)) < 1e-9])) for row in X]
      """)
    #expect(cell.json("shape") == "[9, 64]")
    #expect(cell.json("classes") == "[0, 0, 0, 1, 1, 1, 2, 2, 2]")
    #expect(try #require(cell.values["error"]?.realNumber) < 1e-12)
    // A square is always at its peak, a sine and a triangle four times here.
    #expect(cell.json("levels") == "[4, 4, 4, 4, 4, 4, 64, 64, 64]")
  }

  /// As np.random.seed(0) and the steps of the notebook.
  @Test func wavesMatchTheNotebook() throws {
    let cell = try RunningCell("X, y = waveforms(); a = X[0, 0]; b = X[599, 127]; n = len(X)")
    #expect(abs(try #require(cell.values["a"]?.realNumber) - (-0.844647805146656)) < 1e-12)
    #expect(abs(try #require(cell.values["b"]?.realNumber) - (-0.5992137040299753)) < 1e-12)
    #expect(cell.json("n") == "600")
  }

  @Test func dataSetsReturnTheirSignals() throws {
    let cell = try RunningCell(
      """
      data = dataset([[1, 2, 3], [4, 5, 6]], [0, 2])
      shape = data.X.shape; kind = data.X.dtype; classes = data.y; n = len(data)
      x, label = data[1]; channels = dataset(np.zeros((4, 2, 5)), [0, 1, 0, 1]).X.shape
      tail = data[1:]; all_labels = [c for x, c in data]; text = str(data)
      """)
    #expect(cell.json("shape") == "[2, 1, 3]")
    #expect(cell.values["kind"]?.str == "float32")
    #expect(cell.json("n") == "2" && cell.json("label") == "2")
    #expect(cell.values["x"]?.str == "[[4. 5. 6.]]")
    #expect(cell.json("channels") == "[4, 2, 5]")
    #expect(cell.json("all_labels") == "[0, 2]")
    #expect(
      cell.values["text"]?.str == "data set: 2 signals of shape (1, 3) in 2 classes")
    #expect(cell.values["tail"]?.str.contains("1 signal of shape") == true)
  }

  @Test func splitsMatchPyTorch() throws {
    let cell = try RunningCell(
      """
      X, y = waveforms()
      train_data, test_data = split(dataset(X, y), 0.8)
      sizes = (len(train_data), len(test_data)); first = list(test_data.y[:8])
      again, rest = split(dataset(X, y), 0.8); other, rest2 = split(dataset(X, y), 0.8, seed=1)
      """)
    #expect(cell.json("sizes") == "[480, 120]")
    #expect(cell.json("first") == "[0, 0, 1, 0, 1, 0, 1, 1]")
    let train = try #require(cell.values["train_data"])
    #expect(train.isIdentical(to: try #require(cell.values["again"])))
    #expect(!train.isIdentical(to: try #require(cell.values["other"])))
  }

  @Test(arguments: [
    ("waveforms(count=0)", "count must be at least 1"), ("waveforms(fs=0)", "fs"),
    ("waveforms(freq=(10, 1))", "(lowest, highest)"),
    ("waveforms(freq=(\"a\", 1, 10))", "(lowest, highest)"), ("waveforms(freq=3)", "freq"),
    ("waveforms(noise=-1)", "noise"), ("waveforms(seed=-1)", "seed"),
    ("waveforms(count=10**9)", "1 GiB is allowed"),
    ("dataset([1, 2], [0, 1])", "(count, length)"), ("dataset([[1, 2]], [0, 1])", "each of the 1"),
    ("dataset([[1, 2]], [0.5])", "whole numbers"), ("dataset([[1, 2]], [-1])", "from 0"),
    ("dataset(np.zeros((0, 4)), [])", "empty"),
    ("split(dataset([[1], [2]], [0, 1]), 0.2)", "too few"),
    ("split(dataset([[1], [2]], [0, 1]), 1.2)", "between 0 and 1"),
    ("split(3, 0.5)", "dataset(X, y)"),
  ])
  func badInputIsExplained(code: String, message: String) {
    let error = failure(of: "result = \(code)")
    #expect(error?.contains(message) == true, "\(error ?? "no error")")
  }
}
