import Compute
import Messages
import Testing

@Suite("Tensor operations")
struct TensorOperationTests {
  @Test("The processor computes them with the functions of arrays")
  func cpu() throws {
    let x = noise([2, 3, 8])
    let (weight, bias) = (noise([4, 3, 3], seed: 2), noise([4], seed: 3))
    let cpu: any Device = Devices.cpu
    let parameters = ConvolutionParameters(stride: 2, padding: 1)
    #expect(
      try cpu.perform(.conv1d(parameters), [.array(x), .array(weight), .array(bias)])
        == .conv1d(x, weight: weight, bias: bias, parameters))
    #expect(
      try cpu.perform(.linear, [.array(x), .array(noise([5, 8]))])
        == .linear(x, weight: noise([5, 8])))
    #expect(
      try cpu.perform(.maxPool1d(PoolingParameters(kernelSize: 2)), [.array(x)])
        == .maxPool1d(x, PoolingParameters(kernelSize: 2)))
    let perChannel = noise([3], seed: 4)
    #expect(
      try cpu.perform(
        .groupNorm(groups: 1, epsilon: 0.1, hasWeight: false), [.array(x), .array(perChannel)])
        == .groupNorm(x, groups: 1, bias: perChannel, epsilon: 0.1))
    #expect(
      try cpu.perform(.activation(.silu), [.array(x)]) == .applying(.silu, x))
    #expect(
      try cpu.perform(.binary(.multiply), [.array(x), .float(2)])
        == .binary(.multiply, .array(x), .float(2)))
    #expect(
      try cpu.perform(.reduction(.mean, axes: [1], keepingAxes: true), [.array(x)])
        == x.mean(over: [1], keepingAxes: true))
    #expect(throws: Diagnostic.self) {
      try cpu.perform(.linear, [.array(x), .array(noise([5, 7]))])
    }
  }

  @Test("A device computes what it can and leaves the rest to the processor")
  func partialDevice() throws {
    struct Negating: Device {
      let kind = DeviceKind.cuda
      let name = "a device that only negates"

      func perform(
        _ operation: TensorOperation, _ operands: [Operand]
      ) throws(Diagnostic) -> NDArray {
        guard operation == .unary(.negative) else {
          return try Devices.cpu.perform(operation, operands)
        }
        return NDArray(scalar: 42)
      }
    }
    let device: any Device = Negating()
    #expect(try device.perform(.unary(.negative), [.array(noise([2]))]) == NDArray(scalar: 42))
    #expect(
      try device.perform(.unary(.absolute), [.array(NDArray([-1.0]))]) == NDArray([1.0]))
  }
}
