import Compute
import DeviceSuite
import FakeCards
import Messages
import Testing

struct OperatorTests {
  @Test(
    "Every operator has the CPU's bits, whatever the order in which the card's threads run",
    .enabled(
      if: AvailableKernels.chosen.isFused,
      "this processor cannot fuse products and sums, as cards do"),
    arguments: [ElementType.float32, .float64], ["forward", "backward", "shuffled"])
  func operators(type: ElementType, order: String) throws {
    let card = FakeCard(order: order)
    for example in try OperatorCase.all(type) {
      let name = "\(example.operation) of \(example.operands.map(\.shape))"
      #expect(try example.agrees(on: card.device), "\(name)")
      let result = try card.device.perform(
        example.operation, try example.moved(to: card.device))
      #expect((result.deviceElements != nil) == example.isOnCard, "\(name)")
    }
  }

  @Test("Mistakes are the CPU's")
  func mistakes() throws {
    let card = FakeCard()
    let x = Operand.array(NDArray(shape: [1, 2, 2], values: [Float](repeating: 1, count: 4)))
    let w = Operand.array(NDArray(shape: [1, 3, 1], values: [Float](repeating: 1, count: 3)))
    for (operation, operands) in [
      (TensorOperation.conv1d(ConvolutionParameters()), [x, w]),
      (.maxPool1d(PoolingParameters(kernelSize: 99)), [x]), (.linear, [x, w]),
      (.binary(.add), [x, w]),
    ] {
      let expected = #expect(throws: Diagnostic.self) {
        _ = try Devices.cpu.perform(operation, operands)
      }
      let error = #expect(throws: Diagnostic.self) {
        _ = try card.device.perform(operation, operands)
      }
      #expect(error == expected)
    }
  }

  @Test("A chain of operators leaves no memory behind")
  func memory() throws {
    let card = FakeCard()
    let x = try card.device.moving(NDArray([Float](repeating: 1, count: 1000)))
    let before = card.allocatedBytes
    for _ in 0..<10 {
      var y = x
      for _ in 0..<5 { y = try card.device.perform(.binary(.add), [.array(y), .float(1)]) }
      #expect(try y.fetched() == NDArray([Float](repeating: 6, count: 1000)))
    }
    // A block for each array that was there at the same time.
    #expect(card.allocatedBytes <= before + 3 * 4096)
  }

  @Test("Elements stay on the card, whatever their type, and come back as they were")
  func moving() throws {
    let card = FakeCard()
    for type in ElementType.allCases {
      let array = try NDArray([0.0, 1, 2, 3, 4, 5]).asType(type)
      let moved = try card.device.moving(array)
      #expect(moved.deviceElements != nil && moved.type == type && moved.count == 6)
      #expect(moved == array)
      let reshaped = try moved.reshaped([2, 3])
      #expect(reshaped.deviceElements === moved.deviceElements)
      #expect(try card.device.moving(reshaped).deviceElements === moved.deviceElements)
      #expect(try Devices.cpu.moving(reshaped).deviceElements == nil)
    }
  }
}
