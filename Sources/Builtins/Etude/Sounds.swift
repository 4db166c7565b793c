import Compute
import Concurrency
import Interpreter
import Messages
import Sounds

/// Sounds to listen to.
extension Builtins {
  static let sounds: [Builtin] = [
    Builtin(
      "play",
      [
        Parameter("x", note: "samples, or (samples, 2) for stereo: left and right"),
        Parameter("fs", note: "sample rate in Hz"),
        .optional("label", note: "what the player calls it"),
      ],
      """
      A player for a sound. Several in one cell share a player, which switches between them at the \
      same position. Floating-point samples range from -1 to 1; int16, int32 and uint8 use their \
      full range, as in sound files. What is beyond clips. More than two channels are averaged. eval \
      and render play nothing.
      """
    ) { call in
      let array = try call.arguments.drawnArray("x")
      let sampleRate = try call.arguments.double("fs")
      guard sampleRate.isFinite, sampleRate > 0 else {
        throw call.arguments.error("fs", "must be above 0 Hz")
      }
      guard (1...2).contains(array.shape.count), array.shape.count == 1 || array.shape[1] <= 16
      else {
        throw call.arguments.error(
          "x",
          "must be samples, or (samples, channels), but its shape is "
            + NDArray.describe(shape: array.shape),
          hint: array.shape.count == 2 ? "transpose it with .T, or pick one channel" : nil)
      }
      guard array.count > 0 else { throw call.arguments.error("x", "contains no samples") }
      guard array.type != .complex128 else {
        throw call.arguments.error("x", "must be real", hint: "use np.real")
      }
      let label = try call.arguments.optionalString("label") ?? "sound"
      // The samples, and what they are mixed from.
      try Budget.reserve(
        8 * Double(array.count) + 4 * Double(array.shape[0]),
        for: "a sound of \(Quantity(array.shape[0])) samples")
      let channels = try channels(of: array)
      call.context.show(
        .track(
          Track(
            samples: channels.left, right: channels.right, sampleRate: sampleRate, label: label)))
      return .none
    }
  ]

  /// The samples as `play` and the spectral plots take them: integers scaled to −1 … 1 by the range
  /// of their type, as in sound files. int64 is not scaled: `np.array([0, 1, 0])` means 0 and 1.
  static func soundSamples(of array: NDArray) throws(Diagnostic) -> [Double] {
    switch array.elements {
    case .uint8(let a): try a.mapInChunks { (Double($0) - 128) / 128 }
    case .int16(let a): try a.mapInChunks { Double($0) / 32768 }
    case .int32(let a): try a.mapInChunks { Double($0) / 2_147_483_648 }
    default: try array.doubles
    }
  }

  /// One channel, or two; of more their mean.
  private static func channels(
    of array: NDArray
  ) throws(Diagnostic) -> (left: [Float], right: [Float]?) {
    let samples: [Float] =
      switch array.elements {
      case .uint8, .int16, .int32: try soundSamples(of: array).mapInChunks { Float($0) }
      default: try array.values(as: Float.self)
      }
    guard array.shape.count == 2 else { return (samples, nil) }
    let (frameCount, channelCount) = (array.shape[0], array.shape[1])
    if channelCount == 2 {
      return (
        try [Float](computing: frameCount) { samples[2 * $0] },
        try [Float](computing: frameCount) { samples[2 * $0 + 1] }
      )
    }
    let mean = try [Float](computing: frameCount, steps: channelCount) { frame in
      samples[(frame * channelCount)..<((frame + 1) * channelCount)].reduce(0, +)
        / Float(channelCount)
    }
    return (mean, nil)
  }
}
