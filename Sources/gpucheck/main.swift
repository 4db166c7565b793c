import CUDA
import Compute
import Concurrency
import DeviceSuite
import Glibc
import Messages
import NeuralNetworks

// Checks a graphics card and times it: the operators and the lesson's networks, with the CPU's bits. Ends
// with 1 when there is no card, or something fails. See scripts/gpu-check.

let report = Report()
let arguments = CommandLine.arguments.dropFirst()
guard arguments.allSatisfy({ $0 == "--quick" }) else {
  report.say(
    "usage: gpucheck [--quick]\n--quick: short signals and two epochs, for a card that is only played"
  )
  exit(2)
}
let workload = arguments.isEmpty ? Workload.whole : .quick
let card = CUDADevice()
if let reason = card.reason {
  report.say(reason)
  exit(1)
}
report.say("\(card.name), \(card.details), \(Quantity(bytes: Double(card.memory ?? 0)))")
report.say("compared with \(Devices.cpu.name), \(Devices.cpu.details)")
if let remark = Devices.cpu.remark { report.say("\(remark) So bits will differ.") }

let start = Clock.now()
report.part("Operators") { try OperatorCheck(card, workload, report).run() }
// A card that has failed does nothing any more.
if card.reason == nil {
  report.part("Training") { try TrainingCheck(card, workload, report).run() }
} else {
  report.fault("Training was not tried")
}
let status = report.end()
report.say("\(Int((Clock.now() - start).rounded())) s")
exit(status)
