import Compute
import Interpreter
import Signals

/// SciPy's periodic waveforms.
extension Builtins {
  static let periodicWaves: [Builtin] = [
    Builtin(
      "signal.sawtooth",
      [
        Parameter("t", note: "phase in radians: 2 * np.pi * frequency * time"),
        Parameter("width", default: .int(1), note: "the fraction that rises; 0.5 gives a triangle"),
      ],
      "A sawtooth from -1 to 1 with a period of 2 pi."
    ) { call in
      .array(
        try sawtooth(call.arguments.array("t"), width: call.arguments.double("width")))
    },
    Builtin(
      "signal.square",
      [
        Parameter("t", note: "phase in radians: 2 * np.pi * frequency * time"),
        Parameter("duty", default: .float(0.5), note: "the fraction of a period at 1"),
      ],
      "A square wave, 1 and then -1, with a period of 2 pi."
    ) { call in
      .array(try square(call.arguments.array("t"), duty: call.arguments.double("duty")))
    },
  ]
}
