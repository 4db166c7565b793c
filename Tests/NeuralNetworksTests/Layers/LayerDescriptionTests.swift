import DeviceSuite
import NeuralNetworks
import Testing

@Suite("Layers as text")
struct LayerDescriptionTests {
  @Test("As PyTorch prints modules")
  func description() {
    // print(nn.Sequential(…)) of PyTorch 2.15
    let expected = """
      Sequential(
        (0): Conv1d(1, 16, kernel_size=(5,), stride=(2,))
        (1): ReLU()
        (2): MaxPool1d(kernel_size=2, stride=2, padding=0, dilation=1, ceil_mode=False)
        (3): Conv1d(16, 32, kernel_size=(5,), stride=(2,), padding=(2,), dilation=(3,), \
      groups=2, bias=False)
        (4): Sequential(
          (0): Tanh()
          (1): Sigmoid()
          (2): Sequential()
        )
        (5): AvgPool1d(kernel_size=(3,), stride=(2,), padding=(0,))
        (6): AdaptiveAvgPool1d(output_size=1)
        (7): Flatten(start_dim=1, end_dim=-1)
        (8): Dropout(p=0.25, inplace=False)
        (9): BatchNorm1d(32, eps=1e-05, momentum=0.1, affine=True, bias=True, \
      track_running_stats=True)
        (10): Linear(in_features=224, out_features=64, bias=False)
        (11): ConvTranspose1d(3, 4, kernel_size=(5,), stride=(2,), padding=(1,), \
      dilation=(2,), output_padding=(1,))
        (12): ConvTranspose1d(4, 4, kernel_size=(5,), stride=(1,), groups=2, bias=False)
      )
      """
    let layer = Layer.sequential([
      .conv1d(ConvolutionLayer(inputChannels: 1, outputChannels: 16, kernelSize: 5, stride: 2)),
      .activation(.relu),
      .maxPool1d(.init(kernelSize: 2)),
      .conv1d(
        ConvolutionLayer(
          inputChannels: 16, outputChannels: 32, kernelSize: 5, stride: 2, padding: 2, dilation: 3,
          groups: 2, hasBias: false)),
      .sequential([.activation(.tanh), .activation(.sigmoid), .sequential([])]),
      .avgPool1d(.init(kernelSize: 3, stride: 2)),
      .adaptiveAvgPool1d,
      .flatten,
      .dropout(probability: 0.25),
      .batchNorm1d(features: 32, epsilon: 1e-5, momentum: 0.1),
      .linear(inputs: 224, outputs: 64, hasBias: false),
      .convTranspose1d(
        ConvolutionLayer(
          inputChannels: 3, outputChannels: 4, kernelSize: 5, stride: 2, padding: 1, dilation: 2,
          outputPadding: 1)),
      .convTranspose1d(
        ConvolutionLayer(
          inputChannels: 4, outputChannels: 4, kernelSize: 5, groups: 2, hasBias: false)),
    ])
    #expect(layer.description == expected)
    #expect(Layer.sequential([]).description == "Sequential()")
  }

  @Test("Activations with their arguments")
  func activations() {
    let layer = Layer.sequential([
      .activation(.gelu()), .activation(.leakyReLU()), .activation(.elu()), .activation(.silu),
    ])
    #expect(
      layer.description == """
        Sequential(
          (0): GELU(approximate='none')
          (1): LeakyReLU(negative_slope=0.01)
          (2): ELU(alpha=1.0)
          (3): SiLU()
        )
        """)
    #expect(Layer.activation(.elu(alpha: 0.5)).code == "ELU(alpha=0.5)")
  }

  @Test("As the student writes them")
  func code() {
    #expect(
      Layer.lesson.leaves.map(\.layer.code).joined(separator: ", ") == """
        Conv1d(1, 16, 5, stride=2), ReLU(), MaxPool1d(2), Conv1d(16, 32, 5, stride=2), ReLU(), \
        MaxPool1d(2), Flatten(), Linear(224, 64), ReLU(), Linear(64, 3)
        """)
    #expect(Layer.linear(inputs: 2, outputs: 3, hasBias: false).code == "Linear(2, 3, bias=False)")
    let everyKind = Layer.everyKind.leaves.map(\.layer.code)
    for code in [
      "AvgPool1d(3, stride=2, padding=1, ceil_mode=True, count_include_pad=False)",
      "MaxPool1d(3, padding=1, dilation=2, ceil_mode=True)", "GroupNorm(3, 12)",
      "Conv1d(12, 12, 4, padding='same', groups=4)", "GroupNorm(2, 12, eps=0.001, affine=False)",
    ] { #expect(everyKind.contains(code), "\(code)") }
    #expect(Layer.maxPool1d(.init(kernelSize: 3, stride: 2)).code == "MaxPool1d(3, stride=2)")
  }
}
