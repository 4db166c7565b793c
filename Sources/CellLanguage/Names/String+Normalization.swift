extension String {
  /// The name that Python makes of this one: in the normal form NFKC, where ﬁ is fi, ℌ is H, and
  /// letters of full width are plain ones. Composed and decomposed accents are equal in Swift.
  var normalizedName: String {
    guard utf8.contains(where: { $0 >= 0x80 }) else { return self }
    var result = UnicodeScalarView()
    for scalar in unicodeScalars {
      if let replacement = replacements[scalar.value] {
        result.append(contentsOf: replacement)
      } else {
        result.append(scalar)
      }
    }
    return String(result)
  }
}

/// What NFKC makes of a scalar.
private let replacements: [UInt32: [Unicode.Scalar]] = {
  var result: [UInt32: [Unicode.Scalar]] = [:]
  for entry in compatibilityLetters.split(whereSeparator: \.isWhitespace) {
    let sides = entry.split(separator: "=")
    let source = sides[0].split(separator: "-").compactMap { UInt32($0, radix: 16) }
    let targets = sides[1].split(separator: "+").compactMap { UInt32($0, radix: 16) }
    for offset in 0..<(source.count > 1 ? source[1] : 1) {
      // Runs have one target each.
      result[source[0] + offset] = targets.compactMap { Unicode.Scalar($0 + offset) }
    }
  }
  return result
}()
