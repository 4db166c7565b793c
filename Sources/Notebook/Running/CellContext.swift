/// What a running cell may use, and what it leaves behind.
package struct CellContext {
  /// What the cell shows, in order.
  package var outputs: [Output] = []
}
