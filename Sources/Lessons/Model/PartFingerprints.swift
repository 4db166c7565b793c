/// The questions and cells of a version of a lesson, in few bytes: they tell whether a part of the next
/// version is new, also where the student has done nothing.
package struct PartFingerprints: Hashable, Sendable {
  /// In the order of the lesson.
  package var values: [Int] = []

  package init() {}
}

extension PartIdentity {
  package var fingerprint: Int { Int(truncatingIfNeeded: FNV.hash(of: statement)) }

  /// Of its id; nil without one.
  package var nameFingerprint: Int? {
    name.map { Int(truncatingIfNeeded: FNV.hash(of: "#\($0)")) }
  }
}
