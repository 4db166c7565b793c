import CUDA
import Compute
import FakeCards
import Messages
import Testing

/// What goes wrong with a card is said in one sentence, with what to do about it.
struct FailureTests {
  @Test(arguments: [
    ("no-device", "The NVIDIA driver finds no card"),
    ("stub", "is a stub for building programs, not a driver"),
    ("old-driver", "CUDA 12.0 is needed: install driver 525 or newer"),
    (
      "mismatch", "The NVIDIA driver was updated while the system was running: restart the computer"
    ),
    ("old-card", "has compute capability 5.0, and 6.0 is needed: cards made since 2016 have it"),
    ("busy", "The card is in use by another program"),
  ])
  func aCardThatCannotBeUsedSaysWhy(_ failure: String, _ sentence: String) throws {
    let card = FakeCard(failing: failure)
    let reason = try #require(card.device.reason)
    #expect(reason.contains(sentence))
    #expect(reason.hasSuffix("."))
    #expect(card.device.name == "CUDA")
    #expect(card.device.memory == nil)
    #expect(throws: Diagnostic.self) { try card.device.moving(NDArray([1.0])) }
  }

  @Test func withoutADriverItSaysSo() {
    let device = CUDADevice(library: "libcuda-that-is-not-there.so.1")
    #expect(
      device.reason
        == "No NVIDIA driver was found: libcuda-that-is-not-there.so.1 is not on this system.")
    #expect(CUDADevice(library: "/tmp/not/there.so").reason?.hasPrefix("No NVIDIA driver") == true)
  }

  @Test func aFileThatIsNoLibraryIsTold() {
    let reason = CUDADevice(library: "/etc/passwd").reason
    #expect(reason?.contains("cannot be loaded") == true)
  }

  @Test func aLibraryWithoutTheFunctionsIsTold() {
    let reason = CUDADevice(library: "libm.so.6").reason
    #expect(reason?.contains("libm.so.6 lacks cuInit") == true)
  }

  @Test func aCardIsDescribed() {
    let card = FakeCard()
    #expect(card.device.reason == nil)
    #expect(card.device.isAvailable)
    #expect(!card.device.name.isEmpty)
    #expect(card.device.details.contains("compute capability"))
    #expect((card.device.memory ?? 0) > 0)
  }

  @Test func withoutMemoryTheCardGoesOn() throws {
    let card = FakeCard()
    #expect(card.device.isAvailable)
    card.fail("out-of-memory")
    let error = try #require(throws: Diagnostic.self) {
      try card.device.moving(NDArray([Double](repeating: 0, count: 1 << 20)))
    }
    #expect(error.message.contains("The card has no room for 8 MiB"))
    card.fail("none")
    #expect(card.device.isAvailable)
    #expect(try card.device.moving(NDArray([1.0, 2])).fetched() == NDArray([1.0, 2]))
  }

  @Test(arguments: [
    ("lost", "The card has stopped working"), ("stopped", "The system stopped a kernel"),
  ])
  func whatFailsInMidWorkIsToldFromThenOn(_ failure: String, _ sentence: String) throws {
    let card = FakeCard()
    let x = try card.device.moving(NDArray([1.0, 2]))
    let y = try card.device.perform(.unary(.negative), [.array(x)])
    card.fail(failure)
    let error = try #require(throws: Diagnostic.self) {
      try card.device.perform(.unary(.negative), [.array(y)])
    }
    #expect(error.message.contains(sentence))
    card.fail("none")
    #expect(card.device.reason?.contains(sentence) == true)
    // What the processor has a copy of is there, what it has not is lost.
    #expect(try x.fetched() == NDArray([1.0, 2]))
    #expect(throws: Diagnostic.self) { try y.fetched() }
  }
}
