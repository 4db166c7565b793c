import Messages

/// Which names files may have. A control character in a name would reach the terminal with every
/// message about the file, and a line break would make two files of one in a list.
package enum FileName {
  package static func isUsable(_ name: String) -> Bool {
    !name.isEmpty && !name.unicodeScalars.contains(where: \.isControl)
  }

  /// - Throws: which character of the name is not allowed.
  package static func check(_ name: String) throws(Diagnostic) {
    guard !name.isEmpty else { throw Diagnostic("the file's name is empty") }
    guard let scalar = name.unicodeScalars.first(where: \.isControl) else { return }
    guard scalar.value != 0 else {
      throw Diagnostic("a file's name cannot contain a null character")
    }
    let kind = scalar == "\n" || scalar == "\r" ? "a line break" : "a control character"
    let digits = String(scalar.value, radix: 16, uppercase: true)
    let number = "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    throw Diagnostic(
      "the name '\(name.showingControls())' contains \(kind), \(number)", hint: "rename the file")
  }
}
