import Compute

extension Arguments {
  /// A PyTorch array. NumPy's are refused, as PyTorch does: `torch.tensor(x)` makes one of them.
  package func tensor(_ name: String) throws -> Tensor {
    switch self[name] {
    case .tensor(let tensor): return tensor
    case .array:
      throw error(name, "is a NumPy array, not a tensor", mend: "use torch.tensor(\(name))")
    case .list, .tuple, .int, .float, .bool:
      throw error(
        name, "must be a tensor, not '\(self[name].typeName)'", mend: "use torch.tensor(…)")
    default: throw wrongType(name, "a tensor")
    }
  }

  package func optionalTensor(_ name: String) throws -> Tensor? {
    self[name].isNone ? nil : try tensor(name)
  }

  /// A list of tensors, as `torch.cat` takes it.
  func tensors(_ name: String) throws -> [Tensor] {
    if case .tensor = self[name] { throw error(name, "must be a list of tensors") }
    return try list(name).map { item in
      guard case .tensor(let tensor) = item else {
        throw error(
          name, "must be a list of tensors, and it has a '\(item.typeName)'",
          mend: "use torch.tensor(…)")
      }
      return tensor
    }
  }

  /// A type as PyTorch's `dtype=` takes it: torch.float32, float; nil for None.
  func tensorType(_ name: String) throws -> ElementType? {
    switch self[name] {
    case .none: return nil
    case .tensorType(let type): return type
    case .function(let builtin) where ["float", "int", "bool"].contains(builtin.name):
      return builtin.elementType
    default:
      guard let type = self[name].asElementType else { throw wrongType(name, "a torch.dtype") }
      throw error(
        name, "is NumPy's \(type.rawValue), and PyTorch has types of its own",
        mend: "use torch.\(type.rawValue)")
    }
  }

  /// A device by its name or as torch.device gives it; the CPU for None.
  ///
  /// - Throws: for one that cannot be used, with the reason.
  func device(_ name: String) throws -> Device.Kind {
    if self[name].isNone { return .cpu }
    return try usable(try deviceKind(name))
  }

  /// A device that need not be there.
  func deviceKind(_ name: String) throws -> Device.Kind {
    try deviceKind(self[name], of: name)
  }

  /// - Parameter name: the parameter that the value was given for.
  func deviceKind(_ value: Value, of name: String) throws -> Device.Kind {
    switch value {
    case .device(let kind): return kind
    case .string(let text):
      // "cuda:0" is the first of several.
      guard let kind = Device.Kind(rawValue: String(text.prefix { $0 != ":" })) else {
        throw error(name, "is '\(text)', which is no device", mend: "use 'cpu', 'cuda' or 'mps'")
      }
      return kind
    default: throw error(name, "must be a device, not '\(value.typeName)'")
    }
  }

  func usable(_ kind: Device.Kind) throws -> Device.Kind {
    guard let reason = Device.all.first(where: { $0.kind == kind })?.reason else { return kind }
    throw CellError(
      "\(function): the device '\(kind.rawValue)' cannot be used: \(reason.withoutFullStop)",
      mend: "use 'cpu'")
  }
}

extension String {
  fileprivate var withoutFullStop: String { hasSuffix(".") ? String(dropLast()) : self }
}
