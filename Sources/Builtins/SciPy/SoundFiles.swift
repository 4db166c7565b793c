import Interpreter

/// SciPy's `wavfile`.
extension Builtins {
  static let soundFiles: [Builtin] = [
    Builtin(
      "wavfile.read", [Parameter("filename")],
      """
      A sound file as (rate, samples): the sample rate in Hz, and an array of shape (samples,) for \
      one channel, or (samples, channels). Its type is the file's, usually int16; divide by the \
      peak, or by 32768, before computing with it.
      """
    ) { call in
      let file = try call.context.files.open(call.arguments.string("filename"))
      let (value, remark) = try ValueFile.readSound(file)
      if let remark { call.context.show(.text(remark)) }
      return value
    }
  ]
}
