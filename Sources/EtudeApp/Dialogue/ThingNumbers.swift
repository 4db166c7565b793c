import Pages

/// The numbers of the things on a page, in the order in which they were first said. A thing keeps its
/// number while others come and go.
struct ThingNumbers {
  private var numbers: [FocusTarget: Int] = [:]
  private var targets: [FocusTarget] = []

  mutating func number(of target: FocusTarget) -> Int {
    if let number = numbers[target] { return number }
    targets.append(target)
    numbers[target] = targets.count
    return targets.count
  }

  /// Numbers a thing that has a number among others, too.
  mutating func add(_ target: FocusTarget, of others: ThingNumbers) {
    if others.numbers[target] != nil { _ = number(of: target) }
  }

  /// - Parameter number: from 1.
  func target(_ number: Int) -> FocusTarget? {
    number > 0 && number <= targets.count ? targets[number - 1] : nil
  }

  var all: [FocusTarget] { targets }
}
