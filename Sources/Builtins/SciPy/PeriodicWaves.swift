import Compute
import Interpreter
import Signals

/// SciPy's waveforms.
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
    Builtin(
      "signal.chirp",
      [
        Parameter("t", note: "times in seconds"), Parameter("f0", note: "Hz at time 0"),
        Parameter("t1", note: "seconds"), Parameter("f1", note: "Hz at time t1"),
        Parameter(
          "method", default: .string("linear"),
          note: "'linear', 'quadratic', 'logarithmic' or 'hyperbolic'"),
        Parameter("phi", default: .int(0), note: "the phase in degrees"),
        Parameter(
          "vertex_zero", default: .bool(true), note: "whether a quadratic sweep is flat at 0"),
      ],
      "A cosine that sweeps from one frequency to another; \"logarithmic\" by octaves in equal times."
    ) { call in
      let arguments = call.arguments
      let name = try arguments.string("method")
      guard let method = ChirpMethod(name: name) else {
        throw arguments.error(
          "method", "is '\(name)'",
          hint: "use 'linear', 'quadratic', 'logarithmic' or 'hyperbolic'")
      }
      return .array(
        try chirp(
          arguments.array("t"), from: arguments.double("f0"), to: arguments.double("f1"),
          duration: arguments.double("t1"), method: method, phase: arguments.double("phi"),
          isVertexAtZero: arguments.bool("vertex_zero")))
    },
  ]
}
