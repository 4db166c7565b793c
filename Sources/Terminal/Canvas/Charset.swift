/// The characters that the terminal can display.
package enum Charset: Hashable, Sendable, CaseIterable {
  case unicode
  case ascii
}
