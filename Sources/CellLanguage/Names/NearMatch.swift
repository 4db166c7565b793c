/// The candidate that `name` is most probably a misspelling of; nil if none is close enough.
///
/// Allows one edit for names of up to five characters, two for up to nine, otherwise three, and
/// always fewer than the name's length. Case is ignored. Of equally close candidates the first wins.
package func nearMatch(of name: String, among candidates: some Sequence<String>) -> String? {
  let allowed = min(name.count - 1, name.count <= 5 ? 1 : name.count <= 9 ? 2 : 3)
  var best: (candidate: String, distance: Int)?
  for candidate in candidates
  where candidate != name && abs(candidate.count - name.count) <= allowed {
    let distance =
      name.lowercased() == candidate.lowercased() ? 0 : editDistance(name, candidate)
    if distance <= max(allowed, 0), distance < best?.distance ?? .max {
      best = (candidate, distance)
    }
  }
  return best?.candidate
}

/// The number of insertions, deletions, substitutions and transpositions that turn one text into the
/// other (optimal string alignment distance), ignoring case. O(n·m) time, O(m) space.
private func editDistance(_ a: String, _ b: String) -> Int {
  let a = Array(a.lowercased())
  let b = Array(b.lowercased())
  var beforeLast = [Int](repeating: 0, count: b.count + 1)
  var last = Array(0...b.count)
  for i in a.indices {
    var row = [i + 1]
    for j in b.indices {
      var distance = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
        distance = min(distance, beforeLast[j - 1] + 1)
      }
      row.append(distance)
    }
    (beforeLast, last) = (last, row)
  }
  return last[b.count]
}
