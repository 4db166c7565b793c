import Compute
import Interpreter

/// NumPy's discrete Fourier transforms.
extension Builtins {
  static let fourier: [Builtin] = [
    transform(
      "rfft",
      """
      The spectrum of a real signal: n // 2 + 1 complex numbers, for the frequencies from 0 to \
      half the sample rate that np.fft.rfftfreq gives.
      """
    ) { try $0.realFourier(length: $1) },
    transform(
      "irfft",
      """
      The real signal of a spectrum from np.fft.rfft. Without n its length is 2 * (m - 1), which \
      is even: pass n for a signal of odd length.
      """
    ) { try $0.inverseRealFourier(length: $1) },
    transform("fft", "The spectrum of a real or complex signal: n complex numbers.") {
      try $0.fourier(length: $1)
    },
    transform("ifft", "The signal of a spectrum from np.fft.fft.") {
      try $0.inverseFourier(length: $1)
    },
    Builtin(
      "np.fft.rfftfreq",
      [
        Parameter("n", note: "the length of the signal"),
        Parameter("d", default: .float(1), note: "seconds between samples: 1 / fs"),
      ],
      "The frequencies of the values of np.fft.rfft, in Hz if d is in seconds."
    ) { call in
      let spacing = try call.arguments.double("d")
      guard spacing != 0 else { throw call.arguments.error("d", "must not be 0") }
      return .array(
        try NDArray.realFourierFrequencies(length: call.arguments.int("n"), spacing: spacing))
    },
  ]

  private static func transform(
    _ name: String, _ summary: String,
    _ transform: @escaping @Sendable (NDArray, Int?) throws -> NDArray
  ) -> Builtin {
    Builtin(
      "np.fft.\(name)",
      [
        Parameter("a"),
        .optional("n", note: "the signal is cut or padded with zeros to this length"),
        Parameter("axis", default: .int(-1)),
      ], summary
    ) { call in
      let array = try call.arguments.array("a")
      guard array.type != .float32 else {
        throw call.arguments.error(
          "a", "is float32, whose spectrum would be complex64, which is not supported here",
          hint: "convert it first: x.astype(float)")
      }
      let axis = try array.resolvedAxis(call.arguments.int("axis"))
      let length = try call.arguments.optionalInt("n")
      let last = array.axisCount - 1
      guard axis < last else { return .array(try transform(array, length)) }
      // Transforms run along the last axis: move the requested one there and back.
      var axes = Array(0...last)
      axes.swapAt(axis, last)
      return .array(try transform(array.transposed(axes: axes), length).transposed(axes: axes))
    }
  }
}
