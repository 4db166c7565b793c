import DeviceSuite
import Messages
import NeuralNetworks
import Testing

@Suite("Shapes, parameters and receptive fields")
struct LayerSummaryTests {
  @Test("The lesson's network, layer by layer")
  func lesson() throws {
    let rows = try Layer.lesson.summary(input: [1, 128])
    #expect(rows.map(\.name) == (0..<10).map(String.init))
    #expect(
      rows.map(\.outputShape) == [
        [16, 62], [16, 62], [16, 31], [32, 14], [32, 14], [32, 7], [224], [64], [64], [3],
      ])
    #expect(rows.map(\.parameterCount) == [96, 0, 0, 2592, 0, 0, 0, 14400, 0, 195])
    #expect(try Layer.lesson.parameterCount() == 17283)
    #expect(try Layer.perceptron.parameterCount() == 74371)
    #expect(rows.map { $0.receptiveField?.size } == [5, 5, 7, 23, 23, 31, nil, nil, nil, nil])
    #expect(rows.map { $0.receptiveField?.jump } == [2, 2, 4, 8, 8, 16, nil, nil, nil, nil])
  }

  @Test("Names and counts inside of nested Sequentials, and of a single layer")
  func nested() throws {
    let rows = try Layer.everyKind.summary(input: [2, 30])
    #expect(rows[4].name == "4.0")
    #expect(rows[4].parameterCount == 8 * 3 * 4 + 6)
    #expect(rows[6].name == "5")
    let single = try Layer.linear(inputs: 5, outputs: 2, hasBias: true).summary(input: [5])
    #expect(single.map(\.name) == [""])
    #expect(single.map(\.parameterCount) == [12])
    #expect(try Layer.sequential([]).summary(input: [5]) == [])
  }

  /// What is wrong, and the hint.
  static let misfits: [(layers: [Layer], message: String, hint: String?)] = [
    (
      [.conv1d(ConvolutionLayer(inputChannels: 2, outputChannels: 4, kernelSize: 3))],
      "layer 0, Conv1d(2, 4, 3), takes 2 channels, and the input gives 1", "in_channels must be 1"
    ),
    (
      [.activation(.relu), .flatten, .linear(inputs: 200, outputs: 64, hasBias: true)],
      "layer 2, Linear(200, 64), takes 200 features, and Flatten() gives 128",
      "in_features must be 128"
    ),
    (
      [.linear(inputs: 128, outputs: 64, hasBias: true)],
      "layer 0, Linear(128, 64), takes 128 features, and the input gives channels × length, "
        + "[1, 128]", "put nn.Flatten() in front of it"
    ),
    (
      [.flatten, .maxPool1d(.init(kernelSize: 2))],
      "layer 1, MaxPool1d(2), takes channels × length, and Flatten() gives [128], a shape without "
        + "channels", "put it in front of nn.Flatten()"
    ),
    (
      [.maxPool1d(.init(kernelSize: 200, stride: 2))],
      "layer 0, MaxPool1d(200, stride=2): the signal's length is 128, and a window of 200 does not "
        + "fit", "pool fewer times, or in shorter windows"
    ),
    (
      [.sequential([.batchNorm1d(features: 3, epsilon: 1e-5, momentum: 0.1)])],
      "layer 0.0, BatchNorm1d(3), takes 3 channels, and the input gives 1",
      "num_features must be 1"
    ),
    (
      [.conv1d(ConvolutionLayer(inputChannels: 1, outputChannels: 3, kernelSize: 2, groups: 2))],
      "layer 0, Conv1d(1, 3, 2, groups=2): in_channels is 1, and cannot be divided into 2 groups",
      "groups must divide both numbers of channels"
    ),
    (
      [.conv1d(ConvolutionLayer(inputChannels: 0, outputChannels: 3, kernelSize: 2))],
      "layer 0, Conv1d(0, 3, 2): in_channels is 0, but must be at least 1", nil
    ),
    (
      [.dropout(probability: 1.5)],
      "layer 0, Dropout(1.5): p is 1.5, but must be between 0 and 1", "0.5 drops every other value"
    ),
  ]

  @Test("What does not fit: which layer, both shapes, and the rule", arguments: misfits.indices)
  func misfit(index: Int) {
    let (layers, message, hint) = Self.misfits[index]
    #expect(throws: Diagnostic(message, hint: hint)) {
      try Layer.sequential(layers).summary(input: [1, 128])
    }
  }

  @Test("Sizes beyond all memory are refused")
  func enormous() {
    let large = 1 << 40
    for layer: Layer in [
      .linear(inputs: large, outputs: large, hasBias: true),
      .conv1d(ConvolutionLayer(inputChannels: 1, outputChannels: large, kernelSize: 1)),
      .conv1d(
        ConvolutionLayer(
          inputChannels: 1, outputChannels: 1, kernelSize: 1, padding: .samples(1 << 31))),
      .convTranspose1d(
        ConvolutionLayer(inputChannels: 1, outputChannels: 1, kernelSize: 1, stride: 1 << 31)),
    ] {
      #expect(throws: Diagnostic.self) { try layer.summary(input: [1, 128]) }
    }
    #expect(throws: Diagnostic.self) { try Layer.flatten.summary(input: [large, large]) }
    #expect(throws: Diagnostic.self) { try Layer.flatten.summary(input: []) }
    #expect(throws: Diagnostic.self) { try Layer.flatten.summary(input: [0, 3]) }
  }
}
