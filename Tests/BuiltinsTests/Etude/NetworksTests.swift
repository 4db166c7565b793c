import Compute
import Glibc
import RunningCells
import TemporaryFolders
import Testing

@Suite struct NetworksTests {
  private static let cnn = """
    cnn = nn.Sequential(nn.Conv1d(1, 16, 5, stride=2), nn.ReLU(), nn.MaxPool1d(2),
      nn.Conv1d(16, 32, 5, stride=2), nn.ReLU(), nn.MaxPool1d(2), nn.Flatten(),
      nn.Linear(224, 64), nn.ReLU(), nn.Linear(64, 3))
    """

  @Test func sizesMatchPyTorch() throws {
    let cell = try RunningCell(
      """
      \(Self.cnn)
      nothing = summary(cnn, (1, 128))
      count = parameters(cnn); sizes = shapes(cnn, (1, 128)); fields = receptive_field(cnn, (1, 128))
      """)
    guard case .table(let headers, let rows)? = cell.outputs.first else {
      Issue.record("no table")
      return
    }
    #expect(headers == ["layer", "output shape", "parameters"])
    #expect(rows.first == ["signal", "(1, 128)", ""])
    #expect(rows[8] == ["Linear(224, 64)", "(64,)", "14,400"])
    #expect(rows.last == ["total", "", "17,283"])
    #expect(cell.values["nothing"]?.isNone == true)
    #expect(cell.json("count") == "17283")
    #expect(
      cell.values["sizes"]?.str
        == "[(16, 62), (16, 62), (16, 31), (32, 14), (32, 14), (32, 7), (224,), (64,), (64,), (3,)]"
    )
    #expect(
      cell.values["fields"]?.str == "[(5, 2), (5, 2), (7, 4), (23, 8), (23, 8), (31, 16)]")
  }

  /// The ways to apply a network to data are consistent.
  @Test func aDataSetNamesItsClassesAlsoAfterASplit() throws {
    let cell = try RunningCell(
      """
      \(tinyNetwork)
      fit = \(tinyCall)
      part = split(dataset(X, data.y, classes=["even", "odd"]), 0.5)[1]
      confusion(fit, part)
      """)
    guard case .table(let headers, _)? = cell.outputs.last else {
      Issue.record("no table")
      return
    }
    #expect(headers == ["true \\ predicted", "even", "odd", "right"])
  }

  @Test func predictionsProbabilitiesAndCountsAgree() throws {
    let cell = try RunningCell(
      """
      \(tinyNetwork)
      fit = \(tinyCall)
      classes = predict(fit, data); p = probabilities(fit, data)
      from_array = bool(np.all(predict(fit, X) == classes))
      from_channels = bool(np.all(predict(fit, data.X) == classes))
      from_model = bool(np.all(predict(fit.model, data) == classes))
      shape = p.shape; sums = np.max(np.abs(np.sum(p, axis=1) - 1)); kind = str(classes.dtype)
      likeliest = bool(np.all(np.argmax(p, axis=1) == classes))
      right = accuracy(fit, data); counted = float(np.mean(classes == data.y))
      last = fit.test_accuracy[-1]
      confusion(fit, data, labels=["even", "odd"])
      """)
    for name in ["from_array", "from_channels", "from_model", "likeliest"] {
      #expect(cell.json(name) == "true", "\(name)")
    }
    #expect(cell.json("shape") == "[12, 2]" && cell.values["kind"]?.str == "int64")
    #expect(try #require(cell.values["sums"]?.realNumber) < 1e-12)
    let accuracy = try #require(cell.values["right"]?.realNumber)
    #expect(accuracy == cell.values["counted"]?.realNumber)
    #expect(accuracy == cell.values["last"]?.realNumber)
    guard case .table(let headers, let rows)? = cell.outputs.last else {
      Issue.record("no table")
      return
    }
    #expect(headers == ["true \\ predicted", "even", "odd", "right"])
    let counts = rows.map { $0[1...2].compactMap { Int($0) } }
    #expect(counts.map { $0.reduce(0, +) } == [6, 6])
    #expect(Double(counts[0][0] + counts[1][1]) / 12 == accuracy)
  }

  @Test func weightsAreSavedAndLoaded() throws {
    let temporary = TemporaryFolder()
    defer { withExtendedLifetime(temporary) {} }
    let folder = temporary.path
    let cell = try RunningCell(
      """
      \(tinyNetwork)
      fit = \(tinyCall)
      save(fit.model, "\(folder)/net.safetensors")
      names = [name for name, array in load("\(folder)/net.safetensors")]
      again = load("\(folder)/net.safetensors", like=net)
      same = bool(np.all(probabilities(again, data) == probabilities(fit, data)))
      """)
    #expect(cell.values["names"]?.str == "['0.weight', '0.bias', '3.weight', '3.bias']")
    #expect(cell.json("same") == "true")
    let other = """
      \(tinyNetwork)
      load("\(folder)/net.safetensors", like=nn.Linear(3, 2))
      """
    #expect(failure(of: other)?.contains("weights named") == true)
    #expect(
      failure(of: "save(nn.ReLU(), \"\(folder)/net.safetensors\")")?.contains("no weights") == true)
  }

  @Test(arguments: [
    ("summary(net, (1, 4, 8))", "(channels, length)"), ("summary(net, 8)", "Conv1d(1, 2, 3)"),
    ("summary(data, net)", "model must be a network"),
    ("summary(net, (0, 8))", "at least 1"), ("shapes(nn.MaxPool1d(9), (1, 8))", "MaxPool1d(9)"),
    ("predict(fit, X * np.nan)", "data has values that are nan"),
    ("confusion(fit, dataset(X, [999] * 12))", "data has 1000 classes"),
    ("save(fit, \"/tmp/none/x.safetensors\")", "save fit.model"),
    ("predict(net, data)", "no weights yet"), ("predict(3, data)", "a fit or a model"),
    ("predict(fit, np.zeros(8))", "x[None]"), ("predict(fit, np.zeros((2, 9)))", "(1, 9)"),
    ("dataset(X, data.y, classes=[\"a\"])", "must be at least 2"),
    ("accuracy(fit, X)", "dataset(X, y)"), ("confusion(fit, data, labels=[\"a\"])", "must be 2"),
    ("fit.losses", "no attribute or method losses"), ("data.x", "data set"),
  ])
  func badInputIsExplained(code: String, message: String) {
    let error = failure(
      of: "\(tinyNetwork)\nfit = train(net, data, epochs=1)\nresult = \(code)")
    #expect(error?.contains(message) == true, "\(error ?? "no error")")
  }
}
