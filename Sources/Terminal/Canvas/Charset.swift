/// What the terminal can show.
package enum Charset: Hashable, Sendable, CaseIterable {
  case unicode
  case ascii
}
