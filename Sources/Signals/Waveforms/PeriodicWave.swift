import Compute
import Concurrency
import Messages

/// A sawtooth of period 2π and range -1 to 1, as `scipy.signal.sawtooth`: it rises during the part
/// `width` of each period and falls during the rest. Outside of 0 ... 1 the width gives nan.
///
/// The result is float64, whatever real type the times have.
package func sawtooth(_ time: NDArray, width: Double = 1) throws(Diagnostic) -> NDArray {
  try periodic(time, part: width) { phase in
    phase < width * 2 * .pi
      ? phase / (.pi * width) - 1 : (.pi * (width + 1) - phase) / (.pi * (1 - width))
  }
}

/// A square wave of period 2π, as `scipy.signal.square`: 1 during the part `duty` of each period,
/// then -1. Outside of 0 ... 1 the duty gives nan.
///
/// The result is float64, whatever real type the times have.
package func square(_ time: NDArray, duty: Double = 0.5) throws(Diagnostic) -> NDArray {
  try periodic(time, part: duty) { phase in phase < duty * 2 * .pi ? 1 : -1 }
}

/// A function of the phase, from 0 to 2π, at each time.
private func periodic(
  _ time: NDArray, part: Double, _ wave: (Double) -> Double
) throws(Diagnostic) -> NDArray {
  guard time.type != .complex128 else { throw Diagnostic("times must be real numbers") }
  guard time.type != .bool else { throw Diagnostic("times must be numbers, not True and False") }
  return try Budget.releasingTemporaries(resultBytes: \.byteCount) { () throws(Diagnostic) in
    let phases = try NDArray.binary(.remainder, .array(time.asType(.float64)), .float(2 * .pi))
    // Written so that nan goes on to the wave, as in SciPy, where it is on no side of anything.
    let isValid = !(part < 0 || part > 1)
    let values = try phases.doubles.mapInChunks(steps: 4) { isValid ? wave($0) : .nan }
    return NDArray(shape: time.shape, values: values)
  }
}
