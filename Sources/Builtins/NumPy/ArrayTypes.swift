import Compute
import Interpreter

/// The types of elements: each converts when it is called, and is taken where a dtype is asked for.
extension Builtins {
  static let arrayTypes: [Builtin] = [
    type(.float64, "A number with 15 to 17 digits in 64 bits, the one that NumPy computes with."),
    type(.float32, "A number with 6 to 9 digits in 32 bits, the one that networks compute with."),
    type(.int64, "A whole number in 64 bits, the one that np.arange(5) has."),
    type(.int32, "A whole number from -2147483648 to 2147483647; beyond, it wraps around."),
    type(
      .int16, "A whole number from -32768 to 32767, as most sound files have; beyond, it wraps."),
    type(.uint8, "A whole number from 0 to 255; beyond, it wraps around."),
    type(.bool, "True or False; a mask picks elements."),
    type(.bool, name: "bool_", "True or False: another name of np.bool."),
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
