import FoundationEssentials
import Terminal

/// Compares a drawn canvas with its picture in the folder Snapshots beside the test. With
/// ETUDE_RECORD=1, records the picture and never returns nil, so that a recording is not mistaken
/// for a passed test.
///
/// - Returns: what is wrong; nil when the canvas matches its picture.
package func difference(
  of canvas: Canvas, fromPicture name: String, beside file: String
) -> String? {
  var folder = file.prefix(through: file.lastIndex(of: "/")!)
  // Tests in a subfolder share the pictures of their target.
  while !FileManager.default.fileExists(atPath: folder + "Snapshots"), folder.count > 1 {
    folder = folder.dropLast().prefix(through: folder.dropLast().lastIndex(of: "/")!)
  }
  let path = folder + "Snapshots/" + name + ".txt"
  if ProcessInfo.processInfo.environment["ETUDE_RECORD"] != nil {
    do {
      try Data(canvas.text.utf8).write(to: URL(filePath: path))
      return "recorded \(path): look at it, then run again"
    } catch {
      return "\(error)"
    }
  }
  guard let picture = try? String(contentsOf: URL(filePath: path), encoding: .utf8) else {
    return "no picture \(path): record it with ETUDE_RECORD=1"
  }
  return canvas.text == picture
    ? nil : "\(name) is drawn as\n\(canvas.text)instead of\n\(picture)"
}

/// The sizes at which everything must draw without a crash and inside its frame.
package let hardSizes = [
  (0, 0), (0, 5), (5, 0), (1, 1), (2, 2), (3, 9), (9, 3), (20, 5), (40, 4), (8, 30),
]

/// Draws into a part of a marked canvas at each of the hard sizes.
///
/// - Returns: the first place outside that part that was drawn on; nil when there is none.
package func placeDrawnOutside(
  _ charset: Charset, _ draw: (inout Canvas, Rectangle) -> Void
) -> String? {
  for (width, height) in hardSizes {
    var canvas = Canvas(width: width + 2, height: height + 2, charset: charset)
    canvas.fill(canvas.bounds, with: "!")
    let inner = Rectangle(x: 1, y: 1, width: width, height: height)
    canvas.fill(inner)
    draw(&canvas, inner)
    for y in 0..<canvas.height {
      for x in 0..<canvas.width where !inner.contains(x: x, y: y) {
        guard canvas[x, y].character == "!" else {
          return "\(width)×\(height): drew outside at \(x), \(y)\n\(canvas.text)"
        }
      }
    }
  }
  return nil
}
