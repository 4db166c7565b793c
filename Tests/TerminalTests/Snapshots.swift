import FoundationEssentials
import Terminal
import Testing

/// Compares a drawn canvas with its picture in Snapshots/. With ETUDE_RECORD=1 the picture is
/// written anew and the test fails, so that nobody takes a recording for a test.
func expectPicture(
  _ canvas: Canvas, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
) {
  let folder = String(#filePath.prefix(through: #filePath.lastIndex(of: "/")!)) + "Snapshots/"
  let path = folder + name + ".txt"
  if ProcessInfo.processInfo.environment["ETUDE_RECORD"] != nil {
    do {
      try Data(canvas.text.utf8).write(to: URL(filePath: path))
      Issue.record("recorded \(path): look at it, then run again", sourceLocation: sourceLocation)
    } catch {
      Issue.record(error, sourceLocation: sourceLocation)
    }
    return
  }
  guard let picture = try? String(contentsOf: URL(filePath: path), encoding: .utf8) else {
    Issue.record(
      "no picture \(path): record it with ETUDE_RECORD=1", sourceLocation: sourceLocation)
    return
  }
  #expect(
    canvas.text == picture, "\(name) is drawn as\n\(canvas.text)instead of\n\(picture)",
    sourceLocation: sourceLocation)
}

/// The sizes at which everything must draw without a crash, and inside of its place.
let hardSizes = [(0, 0), (0, 5), (5, 0), (1, 1), (2, 2), (3, 9), (9, 3), (20, 5), (40, 4), (8, 30)]

/// Draws into a part of a marked canvas and checks that nothing around it was touched.
func expectStaysInside(
  _ charset: Charset, sourceLocation: SourceLocation = #_sourceLocation,
  _ draw: (inout Canvas, Rectangle) -> Void
) {
  for (width, height) in hardSizes {
    var canvas = Canvas(width: width + 2, height: height + 2, charset: charset)
    canvas.fill(canvas.bounds, with: "!")
    let inner = Rectangle(x: 1, y: 1, width: width, height: height)
    canvas.fill(inner)
    draw(&canvas, inner)
    for y in 0..<canvas.height {
      for x in 0..<canvas.width where !inner.contains(x: x, y: y) {
        guard canvas[x, y].character == "!" else {
          Issue.record(
            "\(width)×\(height): drew outside at \(x), \(y)\n\(canvas.text)",
            sourceLocation: sourceLocation)
          return
        }
      }
    }
  }
}
