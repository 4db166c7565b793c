extension String {
  /// The text, or its beginning and its end with "…" between them if it is longer than `limit`
  /// bytes: the end of a message says why, or what to do.
  package func shortened(to limit: Int) -> String {
    guard utf8.count > limit else { return self }
    let tail = limit / 4
    return prefix(ofBytes: limit - tail) + " … " + suffix(ofBytes: tail)
  }

  /// The text, or its beginning with "…" at the end.
  package func cut(to limit: Int) -> String {
    utf8.count > limit ? prefix(ofBytes: limit) + "…" : self
  }

  /// Whole characters of at most this many bytes in all. O(limit).
  package func prefix(ofBytes limit: Int) -> String {
    guard utf8.count > limit else { return self }
    // The last one may be cut in two.
    return String(String(decoding: utf8.prefix(limit), as: UTF8.self).dropLast())
  }

  private func suffix(ofBytes limit: Int) -> String {
    String(String(decoding: utf8.suffix(limit), as: UTF8.self).dropFirst())
  }
}
