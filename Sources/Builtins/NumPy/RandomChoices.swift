import Compute
import Concurrency
import Interpreter
import Messages

/// What NumPy's random generators pick: orders and choices of given items.
extension Builtins {
  static let randomChoices: [Builtin] =
    both(
      "permutation",
      [Parameter("x", note: "an array, a list, or n for 0 to n - 1")],
      "The items in a random order; those of several axes along the first one."
    ) { call in
      let count: Int
      if let number = call.arguments["x"].wholeNumber {
        count = max(0, number)
        try call.context.reserve(shape: [count], type: .int64)
        return .array(NDArray(try draw(call) { try $0.order(count) }))
      }
      let array = try call.arguments.array("x")
      guard let length = array.shape.first else {
        throw call.arguments.error("x", "must be a whole number, or have items")
      }
      let order = try draw(call) { try $0.order(length) }
      return .array(try array.taking(order.count, axis: 0) { order[$0] })
    }
    + both(
      "shuffle", [Parameter("x", note: "the name of an array or a list of this cell")],
      """
      Puts the items of x in a random order, in place. rng.permutation(x) leaves x as it is and \
      returns the new order.
      """
    ) { call in
      switch call.arguments["x"] {
      case .list(let items):
        let order = try draw(call) { try $0.order(items.count) }
        return .list(order.map { items[$0] })
      case .array(let array) where !array.isScalar:
        let order = try draw(call) { try $0.order(array.shape[0]) }
        return .array(try array.taking(order.count, axis: 0) { order[$0] })
      default: throw call.arguments.wrongType("x", "an array or a list")
      }
    }.map {
      var builtin = $0
      builtin.changesArgument = true
      return builtin
    }
    + [
      Builtin(
        "Generator.choice",
        [
          generator, Parameter("a", note: "an array, a list, or n for 0 to n - 1"), drawnSize,
          Parameter("replace", default: .bool(true), note: "whether items may occur again"),
          .optional("p", note: "how likely each item is; equally by default"),
          Parameter("axis", default: .int(0)),
          Parameter("shuffle", default: .bool(true), note: "False: without replacement, faster"),
        ],
        "Random items: rng.choice([\"sine\", \"square\"]), rng.choice(len(x), 5, replace=False)."
      ) { call in
        try choice(call, axis: call.arguments.int("axis")) { stream, population, count in
          try stream.chosen(
            count, of: population, shuffles: call.arguments.bool("shuffle"))
        }
      },
      Builtin(
        "RandomState.choice",
        [
          generator, Parameter("a", note: "an array, a list, or n for 0 to n - 1"), drawnSize,
          Parameter("replace", default: .bool(true), note: "whether items may occur again"),
          .optional("p", note: "how likely each item is; equally by default"),
        ],
        "Random items: rng.choice([\"sine\", \"square\"]), rng.choice(len(x), 5, replace=False)."
      ) { call in
        let items = call.arguments["a"]
        if case .array(let array) = items, array.axisCount > 1 {
          throw call.arguments.error(
            "a", "must have one axis", hint: "x[rng.choice(len(x), 5)] takes rows")
        }
        return try choice(call, axis: 0) { stream, population, count in
          Array(try stream.order(population).prefix(count))
        }
      },
    ]

  /// - Parameter withoutReplacement: distinct indices, given the stream, how many there are, and how
  ///   many to choose.
  private static func choice(
    _ call: Call, axis: Int,
    withoutReplacement: (inout any RandomStream, Int, Int) throws -> [Int]
  ) throws -> Value {
    let arguments = call.arguments
    let items = arguments["a"]
    // Lists of anything else than numbers have single items only: there are no arrays of these.
    let texts = items.textItems
    let array = texts == nil && items.wholeNumber == nil ? try arguments.array("a") : nil
    if let array, array.isScalar {
      throw arguments.error("a", "must be a whole number or have items")
    }
    let axis = try array?.resolvedAxis(axis) ?? 0
    let population = items.wholeNumber ?? texts?.count ?? array?.shape[axis] ?? 0
    let shape = try shape(arguments)
    let count = try NDArray.checkedCount(shape: shape ?? [], type: .int64)
    guard population > 0 || count == 0 else {
      throw arguments.error("a", "has nothing to choose from")
    }
    let likelihoods = try likelihoods(arguments, count: population)
    let replaces = try arguments.bool("replace")
    guard replaces || count <= population else {
      throw arguments.error(
        "size", "is \(count), but there are only \(population) items",
        hint: "with replace=True, items may occur again")
    }
    let indices = try draw(call) { stream -> [Int] in
      switch (replaces, likelihoods) {
      case (true, nil):
        return count == 0
          ? [] : try stream.integers(count, from: 0, upTo: UInt64(population - 1))
      case (true, let likelihoods?):
        let sums = try CumulativeLikelihoods(likelihoods)
        return try stream.randomSamples(count).mapInChunks(steps: 64) { sums.index(of: $0) }
      case (false, nil): return try withoutReplacement(&stream, population, count)
      case (false, let likelihoods?):
        guard likelihoods.count(where: { $0 > 0 }) >= count else {
          throw arguments.error("p", "has fewer items above 0 than are asked for")
        }
        return try stream.distinct(count, likelihoods: likelihoods)
      }
    }
    if let texts {
      guard shape == nil else {
        throw arguments.error(
          "a", "is a list of strings, of which there are no arrays",
          hint: "draw indices: [names[i] for i in rng.choice(len(names), \(count))]")
      }
      return texts[indices[0]]
    }
    guard let array else {
      return shape.map { .array(NDArray(shape: $0, values: indices)) } ?? .int(indices[0])
    }
    let taken = try array.taking(indices.count, axis: axis) { indices[$0] }
    let (before, after) = (array.shape[..<axis], array.shape[(axis + 1)...])
    return .array(taken.withShape(before + (shape ?? []) + after))
  }

  private static func likelihoods(_ arguments: Arguments, count: Int) throws -> [Double]? {
    guard let likelihoods = try arguments.optionalSignal("p") else { return nil }
    guard likelihoods.count == count else {
      throw arguments.error("p", "must have \(count) items, as a has, but has \(likelihoods.count)")
    }
    guard likelihoods.allSatisfy({ $0 >= 0 }) else {
      throw arguments.error("p", "must not be negative")
    }
    let sum = likelihoods.reduce(0, +)
    guard abs(sum - 1) <= 1.5e-8 else {
      throw arguments.error(
        "p", "must add up to 1, not \(Quantity(sum))", hint: "divide by its sum")
    }
    return likelihoods
  }
}

/// The likelihoods of the items up to each.
private struct CumulativeLikelihoods {
  private var sums: [Double]

  init(_ likelihoods: [Double]) throws(Diagnostic) {
    var sum = 0.0
    sums = likelihoods.map { likelihood in
      sum += likelihood
      return sum
    }
    sums = try sums.mapInChunks { $0 / sum }
  }

  /// The first item whose sum is above a number.
  func index(of number: Double) -> Int {
    var (low, high) = (0, sums.count)
    while low < high {
      let middle = (low + high) / 2
      if sums[middle] <= number { low = middle + 1 } else { high = middle }
    }
    return min(low, sums.count - 1)
  }
}

extension RandomStream {
  /// Distinct items by their likelihoods: as many as are missing are drawn again, without those found.
  fileprivate mutating func distinct(
    _ count: Int, likelihoods: [Double]
  ) throws(Diagnostic) -> [Int] {
    var likelihoods = likelihoods
    var found: [Int] = []
    while found.count < count {
      try Budget.check()
      let numbers = try randomSamples(count - found.count)
      for index in found { likelihoods[index] = 0 }
      let sums = try CumulativeLikelihoods(likelihoods)
      var isNew: Set<Int> = []
      for number in numbers {
        let index = sums.index(of: number)
        if isNew.insert(index).inserted { found.append(index) }
      }
    }
    return found
  }

  /// Distinct indices below `population`, as NumPy's Generator chooses them.
  fileprivate mutating func chosen(
    _ count: Int, of population: Int, shuffles: Bool
  ) throws(Diagnostic) -> [Int] {
    // Of many, the end of a shuffle; of few, Floyd's algorithm: number j of the last ones is a number up
    // to it, or j itself if that one is there already.
    if population > 10000, count > population / (shuffles ? 50 : 20) {
      var order = try [Int](computing: population) { $0 }
      try swapEach(of: &order, from: max(population - count, 1)) { Int(integer(upTo: UInt64($0))) }
      return Array(order.suffix(count))
    }
    var chosen: [Int] = []
    var isChosen: Set<Int> = []
    chosen.reserveCapacity(count)
    try Budget.reserve(24 * Double(count), for: "a choice of \(count) items")
    for last in (population - count)..<population {
      try Budget.check(step: last)
      let index = Int(integer(upTo: UInt64(last)))
      chosen.append(isChosen.insert(index).inserted ? index : last)
      isChosen.insert(chosen[chosen.count - 1])
    }
    if shuffles { try swapEach(of: &chosen, from: 1) { Int(integer(upTo: UInt64($0))) } }
    return chosen
  }
}

extension Value {
  /// The items of a list or tuple that are not all numbers or arrays.
  fileprivate var textItems: [Value]? {
    switch self {
    case .list(let items), .tuple(let items):
      items.contains { if case .string = $0 { true } else { false } } ? items : nil
    default: nil
    }
  }
}
