import Concurrency
import Messages
import Testing

struct MonitorTests {
  @Test("A change wakes a waiting thread, which takes the value")
  func waits() {
    let monitor = Monitor([Int]())
    let thread = WorkerThread {
      for number in 1...3 { monitor.change { $0.append(number) } }
    }
    let sum = monitor.wait { numbers in
      numbers.count == 3 ? .found(numbers.reduce(0, +)) : .retry()
    }
    #expect(sum == 6)
    thread?.join()
  }

  @Test("A wait with a deadline ends without a change")
  func deadline() {
    let monitor = Monitor(false)
    let end = Clock.now() + 0.01
    let found = monitor.wait { state in
      state || Clock.now() >= end ? .found(state) : .retry(at: end)
    }
    #expect(!found)
  }
}

struct InterruptTests {
  @Test func isRequestedOnceItsTimeHasCome() {
    let interrupt = Interrupt()
    #expect(!interrupt.isRequested)
    interrupt.request(at: Clock.now() + 1000)
    #expect(!interrupt.isRequested)
    interrupt.request()
    #expect(interrupt.isRequested)
    interrupt.clear()
    #expect(!interrupt.isRequested)
  }
}

struct BudgetTests {
  @Test("Work asks the budget of its thread; without one, only the size itself is limited")
  func current() throws {
    try Budget.check()
    try Budget.reserve(1000, for: "an array")
    #expect(throws: Diagnostic.self) { try Budget.reserve(1e12, for: "an array") }
    let interrupt = Interrupt()
    let budget = Budget(interrupt: interrupt)
    try budget.limit {
      try Budget.check()
      try Budget.reserve(1000, for: "an array")
      #expect(budget.heldBytes == 1000)
      Budget.release(400)
      #expect(budget.heldBytes == 600)
      #expect(throws: Diagnostic.self) {
        try Budget.reserve(Double(Budget.byteLimit), for: "an array")
      }
      #expect(budget.heldBytes == 600)
      try Budget.releasing { try Budget.reserve(500, for: "a temporary") }
      #expect(budget.heldBytes == 600)
      interrupt.request()
      try Budget.check(step: 1)
      #expect(throws: Diagnostic.self) { try Budget.check(step: 4096) }
      #expect(throws: Diagnostic.self) { try Budget.check() }
    }
    try Budget.check()
  }

  @Test func refusesMoreThanTheMemoryLimit() throws {
    let budget = Budget(liveBytes: 1 << 29)
    try budget.reserve(Double(1 << 29), for: "an array")
    budget.heldBytes = 1
    let error = #expect(throws: Diagnostic.self) {
      try budget.reserve(Double(1 << 29), for: "an array")
    }
    #expect(
      error?.message == "an array would take 512 MiB, and 512 MiB of the 1 GiB allowed is in use")
    let whole = #expect(throws: Diagnostic.self) {
      try Budget(liveBytes: 16).reserve(Double(1 << 30), for: "an array")
    }
    #expect(
      whole?.message == "an array would take 1 GiB, and 16 bytes of the 1 GiB allowed is in use")
  }

  @Test func endsWhenTheTimeIsUp() throws {
    let budget = Budget(seconds: -1)
    #expect(throws: Diagnostic.self) { try budget.check() }
    budget.extend(by: 1000)
    try budget.check()
  }
}
