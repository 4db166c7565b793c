import Compute
import Interpreter

/// The parameters that PyTorch's poolings have as functions and as layers, in its order.
extension PoolingParameters {
  private static let window: [Parameter] = [
    Parameter("kernel_size", note: "samples"),
    .optional("stride", note: "samples from one window to the next; kernel_size by default"),
    Parameter("padding", default: .int(0), note: "on both sides; at most half of kernel_size"),
  ]
  private static let ceilMode = Parameter(
    "ceil_mode", default: .bool(false), note: "whether the last window may exceed the signal")

  /// - Parameter indicesAreLast: as in the function; the layer has them before `ceil_mode`.
  static func ofMaximum(indicesAreLast: Bool) -> [Parameter] {
    let dilation = Parameter(
      "dilation", default: .int(1), note: "samples from one tap of a window to the next")
    let indices = Parameter("return_indices", default: .bool(false), note: "must be False")
    return window + [dilation] + (indicesAreLast ? [ceilMode, indices] : [indices, ceilMode])
  }

  static let ofMean =
    window + [
      ceilMode,
      Parameter(
        "count_include_pad", default: .bool(true), note: "whether zeros from padding count"),
    ]

  /// - Throws: when an argument has another type, or is out of range.
  init(ofMaximum arguments: Arguments) throws {
    guard try !arguments.bool("return_indices") else {
      throw arguments.error(
        "return_indices", "must be False: where the maxima were is not returned here",
        hint: "leave it out")
    }
    try self.init(arguments, dilation: arguments.length("dilation"))
  }

  init(ofMean arguments: Arguments) throws {
    try self.init(arguments, countsPadding: arguments.bool("count_include_pad"))
  }

  private init(
    _ arguments: Arguments, dilation: Int = 1, countsPadding: Bool = true
  ) throws {
    self.init(
      kernelSize: try arguments.length("kernel_size"),
      stride: arguments["stride"].isNone ? nil : try arguments.length("stride"),
      padding: try arguments.length("padding"), dilation: dilation,
      ceilMode: try arguments.bool("ceil_mode"), countsPadding: countsPadding)
    try check()
  }
}
