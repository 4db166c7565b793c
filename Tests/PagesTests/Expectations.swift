import Messages
import Pictures
import Terminal
import Testing

func expectPicture(
  _ canvas: Canvas, _ name: String, beside file: String = #filePath,
  sourceLocation: Testing.SourceLocation = #_sourceLocation
) {
  if let difference = difference(of: canvas, fromPicture: name, beside: file) {
    Issue.record("\(difference)", sourceLocation: sourceLocation)
  }
}

func expectStaysInside(
  _ charset: Charset, sourceLocation: Testing.SourceLocation = #_sourceLocation,
  _ draw: (inout Canvas, Rectangle) -> Void
) {
  if let place = placeDrawnOutside(charset, draw) {
    Issue.record("\(place)", sourceLocation: sourceLocation)
  }
}
