/// An area of the grid. Negative sizes count as zero.
package struct Rectangle: Hashable, Sendable {
  package var x: Int
  package var y: Int
  package var width: Int
  package var height: Int

  package init(x: Int, y: Int, width: Int, height: Int) {
    self.x = x
    self.y = y
    self.width = max(0, width)
    self.height = max(0, height)
  }

  /// The column and row just past the last ones.
  package var endX: Int { x + width }
  package var endY: Int { y + height }

  package var isEmpty: Bool { width == 0 || height == 0 }

  package func contains(x: Int, y: Int) -> Bool {
    x >= self.x && x < endX && y >= self.y && y < endY
  }

  /// The area common to both; empty if they do not overlap.
  package func intersection(_ other: Rectangle) -> Rectangle {
    let left = max(x, other.x)
    let top = max(y, other.y)
    return Rectangle(
      x: left, y: top, width: min(endX, other.endX) - left, height: min(endY, other.endY) - top)
  }

  package func overlaps(_ other: Rectangle) -> Bool { !intersection(other).isEmpty }

  /// The rectangle with the given columns and rows removed at each edge.
  package func inset(
    left: Int = 0, top: Int = 0, right: Int = 0, bottom: Int = 0
  ) -> Rectangle {
    Rectangle(
      x: x + left, y: y + top, width: width - left - right, height: height - top - bottom)
  }
}
