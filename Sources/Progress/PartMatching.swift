import Lessons

/// Finds parts of an earlier version of a lesson in a later one: by their names, else by what they say,
/// else, where there can be no mistake, by what they nearly say.
struct PartMatching<Identity: PartIdentity> {
  private let parts: [Identity]
  /// What the lesson's earlier version had, so that only new parts can be changed ones.
  private let earlier: Set<Int>
  private var isFree: [Bool]
  /// More comparisons than this are not made: nothing is found by resemblance then.
  private static var comparisonLimit: Int { 10_000 }

  /// - Parameter parts: of the later version.
  init(_ parts: [Identity], earlier: PartFingerprints) {
    self.parts = parts
    self.earlier = Set(earlier.values)
    isFree = Array(repeating: true, count: parts.count)
  }

  /// Finds parts by their names, then by each of the keys; of several with one key, by their places.
  /// A part is found at most once.
  ///
  /// - Parameter keys: from the strictest on; nil for a part that cannot be found this way.
  mutating func find(_ wanted: [Identity], by keys: [(Identity) -> String?]) -> [Int?] {
    var found = [Int?](repeating: nil, count: wanted.count)
    let named = Dictionary(
      parts.indices.compactMap { index in parts[index].name.map { ($0, index) } },
      uniquingKeysWith: { first, _ in first })
    for (index, part) in wanted.enumerated() {
      guard let candidate = part.name.flatMap({ named[$0] }), isFree[candidate] else { continue }
      found[index] = candidate
      isFree[candidate] = false
    }
    // A part that had its own id before is none of those without it.
    let candidates = parts.indices.filter { index in
      isFree[index] && parts[index].nameFingerprint.map { !earlier.contains($0) } ?? true
    }
    for key in keys {
      let missing = wanted.indices.filter { found[$0] == nil }
      guard !missing.isEmpty else { break }
      let groups = Dictionary(grouping: missing) { key(wanted[$0]) }
      let equals = Dictionary(grouping: candidates) { key(parts[$0]) }
      for (text, group) in groups {
        guard let text, let equals = equals[text] else { continue }
        for (index, candidate) in choose(group.map { ($0, wanted[$0].place) }, among: equals) {
          found[index] = candidate
        }
      }
    }
    return found
  }

  /// Pairs parts that say the same, by where they stood.
  private mutating func choose(
    _ wanted: [(index: Int, place: Place)], among candidates: [Int]
  ) -> [(Int, Int)] {
    var pairs: [(Int, Int)] = []
    var rest = wanted
    func take(_ choice: (Place) -> Int?) {
      rest.removeAll { index, place in
        guard let candidate = choice(place), isFree[candidate] else { return false }
        isFree[candidate] = false
        pairs.append((index, candidate))
        return true
      }
    }
    func nth(_ ordinal: Place.Ordinal, of list: [Int]) -> Int? {
      list.count == ordinal.count && list.indices.contains(ordinal.number - 1)
        ? list[ordinal.number - 1] : nil
    }
    // Where their number has not changed, they are the same as before, in the same order.
    let onPages = Dictionary(grouping: candidates) { parts[$0].place.page }
    take { place in nth(place.onPage, of: onPages[place.page] ?? []) }
    take { place in nth(place.inLesson, of: candidates) }
    var free = onPages.mapValues { $0.filter { isFree[$0] }[...] }
    take { place in free[place.page]?.popFirst() }
    var others = candidates.filter { isFree[$0] }[...]
    take { _ in others.popFirst() }
    return pairs
  }

  /// Finds parts that have been changed: those that resemble one new part, which resembles no other.
  mutating func findChanged(
    _ wanted: [Identity], resembling resembles: (_ earlier: Identity, _ later: Identity) -> Bool
  ) -> [Int?] {
    let new = parts.indices.filter { index in
      isFree[index] && !earlier.contains(parts[index].fingerprint)
        && parts[index].nameFingerprint.map { !earlier.contains($0) } ?? true
    }
    var found = [Int?](repeating: nil, count: wanted.count)
    guard wanted.count * new.count <= Self.comparisonLimit else { return found }
    let similar = wanted.map { part in new.filter { resembles(part, parts[$0]) } }
    let counts = Dictionary(similar.joined().map { ($0, 1) }, uniquingKeysWith: +)
    for (index, candidates) in similar.enumerated() where candidates.count == 1 {
      guard counts[candidates[0]] == 1 else { continue }
      found[index] = candidates[0]
      isFree[candidates[0]] = false
    }
    return found
  }
}
