import CKernels
import Concurrency
import Messages

/// Floats that CKernels convolves directly.
package protocol DirectScalar: BinaryFloatingPoint, Sendable {
  static func convolve(
    _ kernels: SignalKernels, _ shape: UnsafePointer<etude_direct>,
    _ taps: UnsafePointer<etude_direct_tap>, weights: UnsafePointer<Self>,
    bias: UnsafePointer<Self>?, input: UnsafePointer<Self>, output: UnsafeMutablePointer<Self>)

  /// Samples first, first + step, ... of a signal of some length; 0 outside of it.
  static func spread(
    _ kernels: SignalKernels, step: Int, count: Int, from signal: UnsafePointer<Self>, length: Int,
    first: Int, into samples: UnsafeMutablePointer<Self>)
}

extension Float: DirectScalar {
  package static func convolve(
    _ kernels: SignalKernels, _ shape: UnsafePointer<etude_direct>,
    _ taps: UnsafePointer<etude_direct_tap>, weights: UnsafePointer<Float>,
    bias: UnsafePointer<Float>?, input: UnsafePointer<Float>, output: UnsafeMutablePointer<Float>
  ) {
    kernels.functions.direct_float(shape, taps, weights, bias, input, output)
  }

  package static func spread(
    _ kernels: SignalKernels, step: Int, count: Int, from signal: UnsafePointer<Float>,
    length: Int, first: Int, into samples: UnsafeMutablePointer<Float>
  ) {
    kernels.functions.spread_float(step, count, signal, length, first, samples)
  }
}

extension Double: DirectScalar {
  package static func convolve(
    _ kernels: SignalKernels, _ shape: UnsafePointer<etude_direct>,
    _ taps: UnsafePointer<etude_direct_tap>, weights: UnsafePointer<Double>,
    bias: UnsafePointer<Double>?, input: UnsafePointer<Double>,
    output: UnsafeMutablePointer<Double>
  ) {
    kernels.functions.direct_double(shape, taps, weights, bias, input, output)
  }

  package static func spread(
    _ kernels: SignalKernels, step: Int, count: Int, from signal: UnsafePointer<Double>,
    length: Int, first: Int, into samples: UnsafeMutablePointer<Double>
  ) {
    kernels.functions.spread_double(step, count, signal, length, first, samples)
  }
}
