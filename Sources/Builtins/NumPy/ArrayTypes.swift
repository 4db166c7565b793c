import Compute
import Interpreter

/// The element types: each converts when called, and is accepted as a dtype.
extension Builtins {
  static let arrayTypes: [Builtin] = [
    type(.float64, "A number with 15 to 17 digits in 64 bits, NumPy's default."),
    type(.float32, "A number with 6 to 9 digits in 32 bits, as networks use."),
    type(.int64, "A whole number in 64 bits, as in np.arange(5)."),
    type(.int32, "A whole number from -2147483648 to 2147483647; others wrap around."),
    type(
      .int16, "A whole number from -32768 to 32767, as in most sound files; others wrap around."),
    type(.uint8, "A whole number from 0 to 255; others wrap around."),
    type(.bool, "True or False; an array of them is a mask that selects elements."),
    type(.bool, name: "bool_", "True or False: another name for np.bool."),
    type(.complex128, "A number with a real and an imaginary part, the result of np.fft.rfft."),
  ]

  private static func type(
    _ type: ElementType, name: String? = nil, _ summary: String
  ) -> Builtin {
    Builtin(
      "np.\(name ?? type.rawValue)", [Parameter("x", default: .int(0))], summary
    ) { call in
      .array(try call.arguments.array("x", as: type))
    }
  }
}
