import Compute
import Interpreter

/// PyTorch's devices and types of elements.
extension Builtins {
  static let torchDevices: [Builtin] = [
    Builtin(
      "torch.device", [Parameter("type", note: "'cpu', 'cuda' or 'mps'")],
      """
      A device to compute on: torch.device("cpu"). An unavailable one can be named, but tensors \
      cannot be moved to it.
      """
    ) { call in .device(try call.arguments.deviceKind("type")) },
    Builtin(
      "torch.cuda.is_available", [], "Whether an NVIDIA GPU is available."
    ) { _ in .bool(isAvailable(.cuda)) },
    Builtin(
      "torch.backends.mps.is_available", [], "Whether an Apple GPU is available."
    ) { _ in .bool(isAvailable(.mps)) },
  ]

  /// torch.float32 and the like, with PyTorch's aliases, and its constants.
  static let torchConstants: [String: Value] = Dictionary(
    uniqueKeysWithValues: ElementType.allCases.map {
      ("torch.\($0.rawValue)", Value.tensorType($0))
    } + [
      ("torch.float", .tensorType(.float32)), ("torch.double", .tensorType(.float64)),
      ("torch.long", .tensorType(.int64)), ("torch.int", .tensorType(.int32)),
      ("torch.short", .tensorType(.int16)),
      ("torch.pi", .float(.pi)), ("torch.inf", .float(.infinity)), ("torch.nan", .float(.nan)),
    ])

  private static func isAvailable(_ kind: DeviceKind) -> Bool {
    Devices[kind].isAvailable
  }
}
