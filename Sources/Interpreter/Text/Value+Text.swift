import Compute
import NeuralNetworks

extension Value {
  /// Python's `repr`: the value as source code.
  package var repr: String {
    switch self {
    case .none: return "None"
    case .bool(let value): return value ? "True" : "False"
    case .int(let value): return String(value)
    case .float(let value): return floatText(value)
    case .string(let text): return quoted(text)
    case .list(let elements): return "[" + elements.map(\.repr).joined(separator: ", ") + "]"
    case .tuple(let elements):
      let inner = elements.map(\.repr).joined(separator: ", ")
      return elements.count == 1 ? "(\(inner),)" : "(\(inner))"
    case .range(let start, let stop, let step):
      return step == 1 ? "range(\(start), \(stop))" : "range(\(start), \(stop), \(step))"
    case .array(let array):
      return array.shape.isEmpty ? scalarRepr(array) : ArrayText.repr(of: array)
    case .dictionary(let entries):
      return "{"
        + entries.map { "\(Value.string($0.name).repr): \($0.value.repr)" }.joined(separator: ", ")
        + "}"
    case .elementType(let type): return "dtype('\(type.rawValue)')"
    case .tensor(let tensor): return TensorText.text(of: tensor)
    case .tensorType(let type): return "torch.\(type.rawValue)"
    case .tensorShape(let sizes):
      return "torch.Size([" + sizes.map(String.init).joined(separator: ", ") + "])"
    case .device(let kind): return "device(type='\(kind.rawValue)')"
    case .optimizer(let optimizer): return optimizer.code
    // PyTorch prints a loss without its settings.
    case .criterion: return "CrossEntropyLoss()"
    case .dataSet(let data): return "<data set: \(data.summary)>"
    case .model(let model): return model.layer.description
    case .fit(let fit): return "<fit: \(fit.summary)>"
    case .generator(let generator): return generator.text
    case .function(let builtin): return "<function \(builtin.name)>"
    case .module(let module): return "<module '\(module.name)'>"
    }
  }

  /// Python's `str`: the value as `print` shows it.
  package var str: String {
    switch self {
    case .string(let text): text
    case .elementType(let type): type.rawValue
    case .device(let kind): kind.rawValue
    case .dataSet(let data): "data set: \(data.summary)"
    case .fit(let fit): "fit: \(fit.summary)"
    case .array(let array):
      array.shape.isEmpty ? scalarText(array) : ArrayText.str(of: array)
    default: repr
    }
  }

  /// A NumPy scalar as its digits: "1.5".
  private func scalarText(_ array: NDArray) -> String {
    switch array.elements {
    // The shortest digits of a float32 are fewer than those of the same number as a float64.
    case .float32(let a): floatText(a[0])
    case .complex128(let a): complexText(real: a[0].real, imaginary: a[0].imaginary)
    default: array.item().repr
    }
  }

  /// A NumPy scalar with its type: "np.float64(1.5)".
  private func scalarRepr(_ array: NDArray) -> String {
    let text = scalarText(array)
    switch array.elements {
    case .bool: return "np.\(text)_"
    // The complex number already has parentheses.
    case .complex128 where text.hasPrefix("("): return "np.complex128\(text)"
    default: return "np.\(array.elements.type.rawValue)(\(text))"
    }
  }
}
