/// One batch of a training, stage by stage: which stage it is at, one signal of it with what the
/// network makes of it, the loss, and the length of the gradient.
package struct BatchStrip: Sendable {
  /// From 0: zero_grad, forward, loss, backward, step.
  package var stage: Int
  /// From 0, and of how many in an epoch.
  package var batch: Int
  package var batchCount: Int
  package var signal: [Double]
  package var label: Int
  /// Of the classes; nil before the forward stage.
  package var probabilities: [Double]?
  /// Nil before the loss stage.
  package var loss: Double?
  package var gradientNorm: Double?

  package init(stage: Int, batch: Int, batchCount: Int, signal: [Double], label: Int) {
    self.stage = stage
    self.batch = batch
    self.batchCount = batchCount
    self.signal = signal
    self.label = label
  }

  private static let stages = ["zero_grad", "forward", "loss", "backward", "step"]
  private static let bodyHeight = 3

  /// The line of stages alone while no batch goes by slowly.
  static func height(of batch: BatchStrip?) -> Int { batch == nil ? 1 : 1 + bodyHeight }

  static func draw(
    _ batch: BatchStrip?, classCount: Int, into canvas: inout Canvas, in rectangle: Rectangle,
    theme: Theme
  ) {
    var x = rectangle.x
    let isNarrow = rectangle.width < 52
    if !isNarrow {
      let lead = rectangle.width >= 70 ? "b: one batch, slowly: " : "b: "
      x = canvas.put(lead, x: x, y: rectangle.y, style: theme.dim)
    }
    for (index, name) in stages.enumerated() {
      if index > 0, !isNarrow {
        x = canvas.put(canvas.glyphs.separator, x: x, y: rectangle.y, style: theme.dim) + 1
      }
      let isCurrent = index == batch?.stage
      x = canvas.put(
        isCurrent ? "[\(name)]" : name, x: x, y: rectangle.y,
        style: isCurrent ? theme.focus : theme.dim)
      x += 1
    }
    guard let batch else { return }
    let place = "batch \(batch.batch + 1)/\(batch.batchCount)"
    if x + 1 + place.count <= rectangle.endX {
      canvas.put(place, x: x + 1, y: rectangle.y, style: theme.dim)
    }
    batch.drawBody(
      classCount: classCount, into: &canvas, in: rectangle.inset(top: 1), theme: theme)
  }

  /// The signal, the probabilities, and the numbers from left to right; the signal gives way first.
  private func drawBody(
    classCount: Int, into canvas: inout Canvas, in frame: Rectangle, theme: Theme
  ) {
    let numbersWidth = 20
    let barsWidth = min(30, max(17, (frame.width - numbersWidth) / 2 - 2))
    let signalWidth = min(48, frame.width - barsWidth - numbersWidth - 4)
    var x = frame.x
    if signalWidth >= 10 {
      let plot = Plot(series: [Plot.Series(y: signal)])
      plot.drawWithoutFrame(
        into: &canvas,
        in: Rectangle(x: x, y: frame.y, width: signalWidth, height: Self.bodyHeight), theme: theme)
      x += signalWidth + 2
    }
    drawProbabilities(
      classCount: classCount, into: &canvas, x: x, y: frame.y, width: barsWidth, theme: theme)
    x += barsWidth + 2
    let numbers = [("loss", loss), ("gradient norm", gradientNorm)]
    for (row, number) in numbers.enumerated() {
      let next = canvas.put(
        number.0 + String(repeating: " ", count: 14 - number.0.count), x: x, y: frame.y + row,
        style: theme.dim)
      canvas.put(
        number.1.map { readable($0, digits: 3) } ?? "?", x: next, y: frame.y + row,
        style: number.1 == nil ? theme.dim : theme.strong)
    }
    canvas.put(remark, x: x, y: frame.y + 2, style: theme.dim)
  }

  /// What the stage has just done.
  private var remark: String {
    switch stage {
    case 0: "gradients set to 0"
    case 1: "answers computed"
    case 2: "loss computed"
    case 3: "gradients computed"
    default: "weights moved"
    }
  }

  /// `✓1 ███████ 0.82`, the true class checked; question marks before the forward stage. Of many
  /// classes the true one and the most likely ones.
  private func drawProbabilities(
    classCount: Int, into canvas: inout Canvas, x: Int, y: Int, width: Int, theme: Theme
  ) {
    for (row, number) in shownClasses(of: classCount).enumerated() {
      let isTrue = number == label
      let style = isTrue ? theme.success : theme.prose
      let mark = isTrue ? canvas.glyphs.checkMark : " "
      var next = canvas.put("\(mark)\(number) ", x: x, y: y + row, style: style)
      guard let value = probability(of: number) else {
        canvas.put("?", x: next, y: y + row, style: theme.dim)
        continue
      }
      let room = max(0, x + width - next - 5)
      let share = value.isFinite ? max(0, min(1, value)) : 0
      let full = canvas.glyphs.levels.last ?? "#"
      next = canvas.put(
        String(repeating: full, count: Int((share * Double(room)).rounded())), x: next,
        y: y + row, style: style)
      canvas.put(" " + fixed(value, decimals: 2), x: next, y: y + row, style: style)
    }
  }

  private func probability(of number: Int) -> Double? {
    guard let probabilities, probabilities.indices.contains(number) else { return nil }
    return probabilities[number]
  }

  private func shownClasses(of count: Int) -> [Int] {
    guard count > Self.bodyHeight else { return Array(0..<max(0, count)) }
    let others = (0..<count).filter { $0 != label }
      .sorted { probability(of: $0) ?? 0 > probability(of: $1) ?? 0 }
    let isKnown = (0..<count).contains(label)
    let room = isKnown ? Self.bodyHeight - 1 : Self.bodyHeight
    return ((isKnown ? [label] : []) + others.prefix(room)).sorted()
  }
}
