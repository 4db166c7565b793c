import Compute
import Messages

extension Arguments {
  /// A PyTorch tensor. NumPy arrays are rejected, as in PyTorch; `torch.tensor(x)` converts them.
  package func tensor(_ name: String) throws -> Tensor {
    switch self[name] {
    case .tensor(let tensor): return tensor
    case .array:
      throw error(name, "is a NumPy array, not a tensor", hint: "use torch.tensor(\(name))")
    case .list, .tuple, .int, .float, .bool:
      throw error(
        name, "must be a tensor, not '\(self[name].typeName)'", hint: "use torch.tensor(…)")
    default: throw wrongType(name, "a tensor")
    }
  }

  package func optionalTensor(_ name: String) throws -> Tensor? {
    self[name].isNone ? nil : try tensor(name)
  }

  /// A list of tensors, as `torch.cat` takes it.
  package func tensors(_ name: String) throws -> [Tensor] {
    if case .tensor = self[name] { throw error(name, "must be a list of tensors") }
    return try list(name).map { item in
      guard case .tensor(let tensor) = item else {
        throw error(
          name, "must be a list of tensors, but contains a '\(item.typeName)'",
          hint: "use torch.tensor(…)")
      }
      return tensor
    }
  }

  /// A type as PyTorch's `dtype=` accepts it: torch.float32, float; nil for None.
  package func tensorType(_ name: String) throws -> ElementType? {
    switch self[name] {
    case .none: return nil
    case .tensorType(let type): return type
    case .function(let builtin) where ["float", "int", "bool"].contains(builtin.name):
      return builtin.elementType
    default:
      guard let type = self[name].asElementType else { throw wrongType(name, "a torch.dtype") }
      throw error(
        name, "is NumPy's \(type.rawValue), but PyTorch has its own types",
        hint: "use torch.\(type.rawValue)")
    }
  }

  /// A device, by name or as torch.device returns it.
  ///
  /// - Throws: when the device cannot be used, with the reason.
  package func device(_ name: String) throws -> DeviceKind { try usable(try deviceKind(name)) }

  /// A device that may be unavailable.
  package func deviceKind(_ name: String) throws -> DeviceKind {
    try deviceKind(self[name], of: name)
  }

  /// - Parameter name: the parameter that the value belongs to.
  package func deviceKind(_ value: Value, of name: String) throws -> DeviceKind {
    switch value {
    case .device(let kind): return kind
    case .string(let text):
      let parts = text.prefix(20).split(separator: ":", omittingEmptySubsequences: false)
      guard let kind = parts.first.flatMap({ DeviceKind(rawValue: String($0)) }), parts.count <= 2
      else {
        throw Diagnostic(
          "\(function): '\(text)' is not a device", hint: "use 'cpu', 'cuda' or 'mps'")
      }
      // "cuda:0" is the first of several.
      guard parts.count == 1 || parts[1] == "0" else {
        throw Diagnostic(
          "\(function): there is no '\(text)', since Etude computes on the first device of a kind",
          hint: "use '\(kind.rawValue)'")
      }
      return kind
    default: throw error(name, "must be a device, not '\(value.typeName)'")
    }
  }

  package func usable(_ kind: DeviceKind) throws -> DeviceKind {
    guard let reason = Devices[kind].reason else { return kind }
    throw Diagnostic(
      "\(function): the device '\(kind.rawValue)' cannot be used: \(reason.withoutFullStop)",
      hint: "use 'cpu'")
  }
}

extension String {
  fileprivate var withoutFullStop: String { hasSuffix(".") ? String(dropLast()) : self }
}
