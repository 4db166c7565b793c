import Compute
import NeuralNetworks

extension Layer {
  /// The lesson's convolutional network.
  package static let lesson = Layer.sequential([
    .conv1d(ConvolutionLayer(inputChannels: 1, outputChannels: 16, kernelSize: 5, stride: 2)),
    .activation(.relu),
    .maxPool1d(.init(kernelSize: 2)),
    .conv1d(ConvolutionLayer(inputChannels: 16, outputChannels: 32, kernelSize: 5, stride: 2)),
    .activation(.relu),
    .maxPool1d(.init(kernelSize: 2)),
    .flatten,
    .linear(inputs: 224, outputs: 64, hasBias: true),
    .activation(.relu),
    .linear(inputs: 64, outputs: 3, hasBias: true),
  ])

  /// The lesson's network without convolution.
  package static let perceptron = Layer.sequential([
    .flatten,
    .linear(inputs: 128, outputs: 256, hasBias: true),
    .activation(.relu),
    .linear(inputs: 256, outputs: 128, hasBias: true),
    .activation(.relu),
    .linear(inputs: 128, outputs: 64, hasBias: true),
    .activation(.relu),
    .linear(inputs: 64, outputs: 3, hasBias: true),
  ])

  /// One of each kind, as in Fixtures/make_networks.py.
  package static let everyKind = Layer.sequential([
    .conv1d(
      ConvolutionLayer(inputChannels: 2, outputChannels: 8, kernelSize: 7, stride: 2, padding: 3)),
    .batchNorm1d(features: 8, epsilon: 1e-5, momentum: 0.1),
    .activation(.relu),
    .avgPool1d(
      PoolingParameters(
        kernelSize: 3, stride: 2, padding: 1, ceilMode: true, countsPadding: false)),
    .sequential([
      .convTranspose1d(
        ConvolutionLayer(
          inputChannels: 8, outputChannels: 6, kernelSize: 4, stride: 2, padding: 1, groups: 2,
          outputPadding: 1)),
      .activation(.tanh),
    ]),
    .conv1d(
      ConvolutionLayer(
        inputChannels: 6, outputChannels: 12, kernelSize: 3, dilation: 2, groups: 3,
        hasBias: false)),
    .groupNorm(groups: 3, channels: 12, epsilon: 1e-5, isAffine: true),
    .conv1d(
      ConvolutionLayer(
        inputChannels: 12, outputChannels: 12, kernelSize: 4, padding: .same, groups: 4)),
    .groupNorm(groups: 2, channels: 12, epsilon: 1e-3, isAffine: false),
    .batchNorm1d(features: 12, epsilon: 1e-3, momentum: 0.3),
    .activation(.sigmoid),
    .maxPool1d(
      PoolingParameters(kernelSize: 3, stride: 3, padding: 1, dilation: 2, ceilMode: true)),
    .activation(.relu),
    .adaptiveAvgPool1d,
    .flatten,
    .dropout(probability: 0.3),
    .linear(inputs: 12, outputs: 10, hasBias: true),
    .batchNorm1d(features: 10, epsilon: 1e-5, momentum: 0.1),
    .linear(inputs: 10, outputs: 3, hasBias: false),
  ])
}

extension DataSet {
  /// The notebook's waveforms of seed 0, four fifths and one fifth of them.
  package static func lesson() throws -> (train: DataSet, test: DataSet) {
    let (inputs, labels) = try Waveforms().generated()
    return try DataSet(
      inputs: inputs.values(), sampleShape: [1, 128], labels: labels.values()
    ).split(fraction: 0.8, seed: 0)
  }
}
