import Concurrency
import Messages

/// What tables are for.
enum FourierUse: Sendable {
  case complex
  case real
  /// Cyclic convolutions: there, and back along what were columns.
  case there, back
}

/// How transforms of a length are computed, with the tables for it.
enum FourierPlan: Sendable {
  /// Up to eight side by side, each in a column.
  case short(FourierColumn)
  case grid(FourierGrid)
  /// Lengths with a large prime factor.
  case chirp(Bluestein)

  /// - Precondition: for other uses than complex transforms, the length has rows and columns.
  fileprivate init(length: Int, _ use: FourierUse) throws(Diagnostic) {
    let split = length > 64 || use != .complex ? FourierGrid.split(length, for: use) : nil
    let shortCost = use == .complex ? FourierColumn.cost(ofLength: length) : nil
    // A short transform takes the time of eight.
    if let shortCost, split == nil || (shortCost + 2) * 8 * Double(length) <= split!.cost {
      self = .short(try FourierColumn(length: length))
    } else if let split {
      self = .grid(try FourierGrid(rows: split.rows, columns: split.columns))
    } else {
      self = .chirp(try Bluestein(length: length))
    }
  }

  var byteCount: Int {
    switch self {
    case .short(let column): column.byteCount
    case .grid(let grid): grid.byteCount
    case .chirp(let bluestein): bluestein.byteCount
    }
  }
}

/// The tables of the lengths that were used last: a slider's cell transforms the same length again and
/// again.
enum FourierTables {
  /// All tables together take no more.
  static let byteLimit = 16 << 20

  private struct Entry {
    var length: Int
    var use: FourierUse
    var plan: FourierPlan
  }

  /// The one used last comes last.
  private static let entries = Monitor<[Entry]>([])

  /// - Precondition: for other uses than complex transforms, ``FourierGrid/split(_:for:)`` has an
  ///   answer.
  static func grid(length: Int, for use: FourierUse) throws(Diagnostic) -> FourierGrid {
    guard case .grid(let grid) = try plan(length: length, for: use) else {
      preconditionFailure("\(length) points have no rows and columns")
    }
    return grid
  }

  static func plan(length: Int, for use: FourierUse) throws(Diagnostic) -> FourierPlan {
    let known: FourierPlan? = entries.withLock { entries in
      guard let index = entries.firstIndex(where: { $0.length == length && $0.use == use })
      else { return nil }
      let entry = entries.remove(at: index)
      entries.append(entry)
      return entry.plan
    }
    if let known { return known }
    let plan = try FourierPlan(length: length, use)
    guard plan.byteCount <= byteLimit else { return plan }
    entries.withLock { entries in
      entries.append(Entry(length: length, use: use, plan: plan))
      while entries.reduce(0, { $0 + $1.plan.byteCount }) > byteLimit { entries.removeFirst() }
    }
    return plan
  }
}
