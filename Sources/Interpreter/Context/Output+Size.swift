import Compute
import Sounds

extension Output {
  /// The approximate memory that the output holds, in bytes.
  package var byteCount: Int {
    MemoryLayout<Output>.stride
      + {
        switch self {
        case .text(let text): text.heldByteCount
        case .arraySummary(let line, let points): line.heldByteCount + 8 * points.count
        case .figure(let figure): figure.byteCount
        case .grid(let grid): grid.items.reduce(0) { $0 + $1.figure.byteCount }
        case .track(let track): 4 * track.samples.count * track.channelCount
        case .table(let headers, let rows):
          Self.byteCount(ofTexts: headers) + rows.reduce(0) { $0 + Self.byteCount(ofTexts: $1) }
        case .widget, .stepper, .trainer, .permission, .check: 0
        }
      }()
  }

  private static func byteCount(ofTexts texts: [String]) -> Int {
    texts.reduce(Value.blockOverhead) { $0 + MemoryLayout<String>.stride + $1.heldByteCount }
  }
}

extension Figure {
  fileprivate var byteCount: Int {
    let points = series.reduce(0) { $0 + 2 * $1.curve.count }
    let levels = heatmap?.columns.reduce(0) { $0 + $1.count } ?? 0
    return MemoryLayout<Figure>.stride + 8 * (points + levels)
  }
}
