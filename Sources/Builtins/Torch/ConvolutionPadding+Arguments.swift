import Interpreter
import NeuralNetworks

extension Arguments {
  /// A number of zeros, or one of PyTorch's names.
  func convolutionPadding(_ name: String) throws -> ConvolutionPadding {
    guard case .string(let text) = self[name] else { return .samples(try length(name)) }
    switch text {
    case "same": return .same
    case "valid": return .valid
    default:
      throw error(name, "is '\(text)'", hint: "use a number, or one of 'same', 'valid'")
    }
  }
}
