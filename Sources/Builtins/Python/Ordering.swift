import Concurrency
import Interpreter
import Messages

/// Python's functions that order items, and those that test all of them.
extension Builtins {
  static let ordering: [Builtin] = [
    Builtin(
      "sorted",
      [
        Parameter("items"),
        .optionalKeyword(
          "key", note: "a function of an item: the items are ordered by its results"),
        Parameter("reverse", kind: .keywordOnly, default: .bool(false), note: "largest first"),
      ],
      """
      A list of the items in ascending order; equal ones stay in the order in which they were. \
      np.sort does it for arrays.
      """
    ) { call in
      let items = try call.arguments["items"].items("sorted: items")
      var keys = items
      if !call.arguments["key"].isNone {
        let function = try call.arguments.function("key")
        try Budget.reserve(items: Double(items.count))
        for index in items.indices {
          try Budget.check(step: index)
          keys[index] = try function.call([items[index]], context: &call.context)
          try Budget.reserve(Double(keys[index].byteCount), for: "the keys")
        }
      }
      try Budget.reserve(items: 2 * Double(items.count))
      let order = try ascendingOrder(of: keys, isDescending: try call.arguments.bool("reverse"))
      return .list(order.map { items[$0] })
    },

    Builtin(
      "reversed", [Parameter("items")],
      "A list of the items, the last one first. For an array, x[::-1] is an array."
    ) { call in
      if case .tensor = call.arguments["items"] {
        throw call.arguments.error(
          "items", "is a tensor, whose axes Python would all reverse",
          hint: "use torch.flip(x, dims=[0])")
      }
      let items = try call.arguments["items"].items("reversed: items")
      try Budget.reserve(items: Double(items.count))
      return .list(items.reversed())
    },

    Builtin(
      "any", [Parameter("items")], "Whether at least one of the items is true; False for none."
    ) { call in
      var items = try call.arguments.tested("items")
      while let item = try items.next() {
        if try item.isTrue() { return .bool(true) }
      }
      return .bool(false)
    },

    Builtin(
      "all", [Parameter("items")], "Whether all of the items are true; True for none."
    ) { call in
      var items = try call.arguments.tested("items")
      while let item = try items.next() {
        if try !item.isTrue() { return .bool(false) }
      }
      return .bool(true)
    },
  ]

  /// The positions of the items from the smallest to the largest, by merging: equal ones keep their
  /// order, whatever the direction.
  private static func ascendingOrder(of keys: [Value], isDescending: Bool) throws -> [Int] {
    var comparisons = 0
    func precedes(_ a: Value, _ b: Value) throws -> Bool {
      comparisons += 1
      try Budget.check(step: comparisons)
      if let order = ValueComparison.numericOrder(a, b) { return order < 0 }
      return try Budget.releasing { try ValueComparison.apply(.less, a, b).isTrue() }
    }
    var order = Array(keys.indices)
    var merged = order
    var width = 1
    while width < order.count {
      var start = 0
      while start < order.count {
        let middle = min(start + width, order.count)
        let end = min(start + 2 * width, order.count)
        var (left, right) = (start, middle)
        for position in start..<end {
          let takesRight: Bool
          if left == middle || right == end {
            takesRight = left == middle
          } else {
            let (first, second) = (keys[order[left]], keys[order[right]])
            takesRight =
              try isDescending ? precedes(first, second) : precedes(second, first)
          }
          merged[position] = order[takesRight ? right : left]
          if takesRight { right += 1 } else { left += 1 }
        }
        start = end
      }
      swap(&order, &merged)
      width *= 2
    }
    return order
  }
}

extension Arguments {
  /// The items of any value that has some, characters included, one at a time.
  fileprivate func tested(_ name: String) throws -> ItemSequence {
    guard let items = ItemSequence(self[name]) else {
      throw error(name, "must have items to test, but '\(self[name].typeName)' has none")
    }
    return items
  }
}
