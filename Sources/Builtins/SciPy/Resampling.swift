import Compute
import Interpreter
import Messages
import Signals

/// SciPy's change of the sample rate.
extension Builtins {
  static let resampling: [Builtin] = [
    Builtin(
      "signal.resample_poly",
      [
        Parameter("x"), Parameter("up", note: "a whole number"),
        Parameter("down", note: "a whole number"), Parameter("axis", default: .int(0)),
        Parameter(
          "window", default: .tuple([.string("kaiser"), .float(5)]),
          note: "for the filter, or its taps"),
      ],
      """
      The signal at up / down times its sample rate, through a filter that keeps it from aliasing: \
      signal.resample_poly(x, 160, 147) goes from 44100 Hz to 48000 Hz.
      """
    ) { call in
      let arguments = call.arguments
      let (up, down) = try (arguments.int("up"), arguments.int("down"))
      for (name, value) in [("up", up), ("down", down)] where value < 1 {
        throw arguments.error(name, "is \(value), but must be at least 1")
      }
      let x = try arguments.array("x")
      var kernel: [Double]?
      var taper = Window.kaiser(beta: 5)
      switch arguments["window"] {
      case .array, .list:
        kernel = try arguments.signal("window")
        guard kernel?.isEmpty == false else { throw arguments.error("window", "has no taps") }
      default: taper = try window(arguments)
      }
      return .array(
        try resamplePolyphase(
          x, up: up, down: down, axis: arguments.int("axis"), kernel: kernel, window: taper))
    }
  ]
}
