extension NDArray {
  /// Whether shape, type and all bits are the same. Equality is another question: 0 and -0 are equal
  /// and 1 / 0 tells them apart; nan is not equal to itself.
  package func isIdentical(to other: NDArray) -> Bool {
    guard shape == other.shape else { return false }
    return switch (elements, other.elements) {
    case (.float32(let a), .float32(let b)): a.elementsEqual(b) { $0.bitPattern == $1.bitPattern }
    case (.float64(let a), .float64(let b)): a.elementsEqual(b) { $0.bitPattern == $1.bitPattern }
    case (.complex128(let a), .complex128(let b)):
      a.elementsEqual(b) {
        $0.real.bitPattern == $1.real.bitPattern
          && $0.imaginary.bitPattern == $1.imaginary.bitPattern
      }
    default: elements == other.elements
    }
  }
}
