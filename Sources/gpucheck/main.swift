import CUDA
import Compute
import Concurrency
import DeviceSuite
import Glibc
import Messages
import NeuralNetworks

// Checks a graphics card and times it: the operators and the lesson's networks, with the CPU's bits. Ends
// with 1 when there is no card, or a bit differs. See scripts/gpu-check.

let card = CUDADevice()

func say(_ text: String) {
  print(text)
  fflush(nil)
}

func fail(_ text: String) -> Never {
  say(text)
  exit(1)
}

if let reason = card.reason { fail(reason) }
say("\(card.name), \(card.details), \(Quantity(bytes: Double(card.memory ?? 0)))")
say("compared with \(Devices.cpu.name), \(Devices.cpu.details)")

var isGood = true
do {
  isGood = try OperatorCheck(card).run() && isGood
  isGood = try TrainingCheck(card).run() && isGood
} catch {
  fail("\(error)")
}
if !isGood { fail("Some bits differ.") }
say("All bits are the CPU's.")
