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
    _ batch: BatchStrip?, into canvas: inout Canvas, in rectangle: Rectangle, theme: Theme
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
    batch.drawBody(into: &canvas, in: rectangle.inset(top: 1), theme: theme)
  }

  /// The signal, the probabilities, and the numbers from left to right; the signal gives way first.
  private func drawBody(into canvas: inout Canvas, in frame: Rectangle, theme: Theme) {
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
    drawProbabilities(into: &canvas, x: x, y: frame.y, width: barsWidth, theme: theme)
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

  /// `class 0 ███████ 0.82 true`; of many classes the true one and the most likely ones.
  private func drawProbabilities(
    into canvas: inout Canvas, x: Int, y: Int, width: Int, theme: Theme
  ) {
    guard let probabilities, !probabilities.isEmpty else {
      canvas.put("class \(label) is true", x: x, y: y, style: theme.strong)
      canvas.put("its answer:", x: x, y: y + 1, style: theme.dim)
      canvas.put("forward tells", x: x, y: y + 2, style: theme.dim)
      return
    }
    for (row, number) in shownClasses(of: probabilities).enumerated() {
      let isTrue = number == label
      let value = probabilities[number]
      let mark = isTrue ? canvas.glyphs.checkMark : " "
      let style = isTrue ? theme.success : theme.prose
      var next = canvas.put("\(mark)\(number) ", x: x, y: y + row, style: style)
      let room = max(0, x + width - next - 5)
      let share = value.isFinite ? max(0, min(1, value)) : 0
      let length = Int((share * Double(room)).rounded())
      let full = canvas.glyphs.levels.last ?? "#"
      next = canvas.put(
        String(repeating: full, count: length), x: next, y: y + row, style: style)
      canvas.put(" " + fixed(value, decimals: 2), x: next, y: y + row, style: style)
    }
  }

  private func shownClasses(of probabilities: [Double]) -> [Int] {
    let count = Self.bodyHeight
    guard probabilities.count > count else { return Array(probabilities.indices) }
    let others = probabilities.indices.filter { $0 != label }
      .sorted { probabilities[$0] > probabilities[$1] }
    let isKnown = probabilities.indices.contains(label)
    return ((isKnown ? [label] : []) + others.prefix(isKnown ? count - 1 : count)).sorted()
  }
}
