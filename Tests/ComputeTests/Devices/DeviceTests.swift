import Compute
import Testing

struct DeviceTests {
  @Test func readsTheProcessorsDescription() {
    let text = (0..<4).map { thread in
      """
      processor\t: \(thread)
      model name\t: Example CPU @ 2.00GHz
      physical id\t: 0
      core id\t\t: \(thread / 2)
      flags\t\t: fpu sse2 fma avx avx2

      """
    }.joined(separator: "\n")
    let processor = Processor(description: text)
    #expect(processor.name == "Example CPU @ 2.00GHz")
    #expect(processor.logicalCores == 4)
    #expect(processor.physicalCores == 2)
    #expect(processor.instructionSet == .avx2)
  }

  @Test func emptyDescriptionStillMakesAProcessor() {
    let processor = Processor(description: "\n:\n x")
    #expect(processor.logicalCores == 1)
    #expect(processor.physicalCores == 1)
    #expect(processor.instructionSet == .baseline)
  }

  @Test func theProcessorIsFoundByItsKind() {
    #expect(Devices[.cpu].kind == .cpu)
    #expect(Devices[.cpu] is CPU)
    #expect(!Devices[.mps].isAvailable)
  }

  @Test("As many threads as may compute and have work")
  func threads() {
    let cpu = CPU(threads: 3)
    #expect(cpu.threads(forSteps: 100) == 1)
    #expect(cpu.threads(forSteps: 1_100_000) == 2)
    #expect(cpu.threads(forSteps: .max) == 3)
    #expect(CPU(threads: 1).threads(forSteps: .max) == 1)
  }

  @Test func everyDeviceIsUsableOrSaysWhyNot() {
    let devices = Devices.all
    #expect(devices.map(\.kind) == DeviceKind.allCases)
    #expect(devices[0].isAvailable)
    #expect((devices[0].memory ?? 0) > 0)
    for device in devices.dropFirst() {
      #expect(!device.isAvailable)
      #expect(device.reason?.hasSuffix(".") == true)
    }
  }
}
