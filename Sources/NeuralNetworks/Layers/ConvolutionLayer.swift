import Compute
import Messages

/// The sizes of a convolution, in samples.
package struct ConvolutionLayer: Hashable, Sendable {
  package var inputChannels: Int
  package var outputChannels: Int
  package var kernelSize: Int
  package var stride: Int
  package var padding: ConvolutionPadding
  package var dilation: Int
  package var groups: Int
  package var hasBias: Bool
  /// Samples that a transposed convolution adds at the end.
  package var outputPadding: Int

  package init(
    inputChannels: Int, outputChannels: Int, kernelSize: Int, stride: Int = 1,
    padding: ConvolutionPadding = 0, dilation: Int = 1, groups: Int = 1, hasBias: Bool = true,
    outputPadding: Int = 0
  ) {
    self.inputChannels = inputChannels
    self.outputChannels = outputChannels
    self.kernelSize = kernelSize
    self.stride = stride
    self.padding = padding
    self.dilation = dilation
    self.groups = groups
    self.hasBias = hasBias
    self.outputPadding = outputPadding
  }

  /// How its kernels move.
  ///
  /// - Throws: when the padding does not go with the stride.
  package func parameters() throws(Diagnostic) -> ConvolutionParameters {
    var parameters = ConvolutionParameters(
      stride: stride, dilation: dilation, groups: groups, outputPadding: outputPadding)
    switch padding {
    case .samples(let count): (parameters.padding, parameters.rightPadding) = (count, count)
    case .same: try parameters.padToSameLength(kernelSize: kernelSize)
    case .valid: break
    }
    return parameters
  }
}

/// The zeros around a signal that the kernels of a convolution slide along.
package enum ConvolutionPadding: Hashable, Sendable, ExpressibleByIntegerLiteral {
  /// On both sides.
  case samples(Int)
  /// As many as keep the length.
  case same
  /// None.
  case valid

  package init(integerLiteral count: Int) { self = .samples(count) }
}
