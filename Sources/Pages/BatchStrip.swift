import Messages
import NeuralNetworks
import Terminal

/// One batch of a training, stage by stage: the current stage, one signal with the network's
/// output, the loss, and the gradient norm.
package struct BatchStrip: Sendable {
  /// The result of the newest stage; nil while no batch is stepped through.
  package var batch: BatchView?
  package var classCount: Int

  package init(batch: BatchView?, classCount: Int) {
    self.batch = batch
    self.classCount = classCount
  }

  private static let bodyHeight = 3

  /// The line of stages only, while no batch is stepped through.
  package var height: Int { batch == nil ? 1 : 1 + Self.bodyHeight }

  package func draw(into canvas: inout Canvas, in rectangle: Rectangle, theme: Theme) {
    var x = rectangle.x
    let isNarrow = rectangle.width < 52
    if !isNarrow {
      let lead = rectangle.width >= 70 ? "b: one batch, slowly: " : "b: "
      x = canvas.put(lead, x: x, y: rectangle.y, style: theme.dim)
    }
    for stage in Training.Stage.allCases {
      if stage != .zeroGrad, !isNarrow {
        x = canvas.put(canvas.glyphs.separator, x: x, y: rectangle.y, style: theme.dim) + 1
      }
      let isCurrent = stage == batch?.stage
      x = canvas.put(
        isCurrent ? "[\(stage.name)]" : stage.name, x: x, y: rectangle.y,
        style: isCurrent ? theme.accent : theme.dim)
      x += 1
    }
    guard let batch else { return }
    let place = "batch \(batch.batch + 1)/\(batch.batchCount)"
    if x + 1 + place.count <= rectangle.endX {
      canvas.put(place, x: x + 1, y: rectangle.y, style: theme.dim)
    }
    draw(batch, into: &canvas, in: rectangle.inset(top: 1), theme: theme)
  }

  /// The signal, the probabilities and the numbers, left to right; in a narrow frame the signal is
  /// left out first.
  private func draw(
    _ batch: BatchView, into canvas: inout Canvas, in frame: Rectangle, theme: Theme
  ) {
    // As wide as "loss 0.000281 → 0.000263".
    let numbersWidth = 24
    let barsWidth = min(30, max(17, (frame.width - numbersWidth) / 2 - 2))
    let signalWidth = min(48, frame.width - barsWidth - numbersWidth - 4)
    var x = frame.x
    if signalWidth >= 10 {
      let plot = Plot(series: [Plot.Series(y: batch.signal.map(Double.init))])
      plot.drawWithoutFrame(
        into: &canvas,
        in: Rectangle(x: x, y: frame.y, width: signalWidth, height: Self.bodyHeight), theme: theme)
      x += signalWidth + 2
    }
    drawProbabilities(
      batch, into: &canvas, x: x, y: frame.y, width: barsWidth, theme: theme)
    x += barsWidth + 2
    let numbers = [("loss", batch.loss), ("gradient norm", batch.gradientNorm)]
    for (row, number) in numbers.enumerated() {
      if row == 0, let losses = batch.stepLosses {
        // What the step has done to this very batch.
        let next = canvas.put("loss ", x: x, y: frame.y, style: theme.dim)
        let (before, after) = toldApart(losses.before, losses.after, digits: 3...5)
        canvas.put(
          "\(before) \(canvas.glyphs.arrow) \(after)", x: next, y: frame.y, style: theme.strong)
        continue
      }
      let next = canvas.put(
        number.0 + String(repeating: " ", count: 14 - number.0.count), x: x, y: frame.y + row,
        style: theme.dim)
      canvas.put(
        number.1.map { readable($0, digits: 3) } ?? "?", x: next, y: frame.y + row,
        style: number.1 == nil ? theme.dim : theme.strong)
    }
    canvas.put(batch.stage.remark, x: x, y: frame.y + 2, style: theme.dim)
  }

  /// `✓1 ███████ 0.82`, with a check mark at the true class; question marks before the forward
  /// stage. Of many classes, the true one and the most likely ones.
  private func drawProbabilities(
    _ batch: BatchView, into canvas: inout Canvas, x: Int, y: Int, width: Int, theme: Theme
  ) {
    for (row, number) in shownClasses(batch).enumerated() {
      let isTrue = number == batch.label
      let style = isTrue ? theme.success : theme.prose
      let mark = isTrue ? canvas.glyphs.checkMark : " "
      var next = canvas.put("\(mark)\(number) ", x: x, y: y + row, style: style)
      guard let value = batch.probability(of: number) else {
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

  private func shownClasses(_ batch: BatchView) -> [Int] {
    guard classCount > Self.bodyHeight else { return Array(0..<max(0, classCount)) }
    let others = (0..<classCount).filter { $0 != batch.label }
      .sorted { batch.probability(of: $0) ?? 0 > batch.probability(of: $1) ?? 0 }
    let isKnown = (0..<classCount).contains(batch.label)
    let room = isKnown ? Self.bodyHeight - 1 : Self.bodyHeight
    return ((isKnown ? [batch.label] : []) + others.prefix(room)).sorted()
  }
}

extension BatchView {
  fileprivate func probability(of number: Int) -> Double? {
    guard let probabilities, probabilities.indices.contains(number) else { return nil }
    return probabilities[number]
  }
}

extension Training.Stage {
  /// As PyTorch's loop calls it.
  package var name: String {
    switch self {
    case .zeroGrad: "zero_grad"
    case .forward: "forward"
    case .loss: "loss"
    case .backward: "backward"
    case .step: "step"
    }
  }

  /// What the stage has done.
  package var remark: String {
    switch self {
    case .zeroGrad: "gradients set to 0"
    case .forward: "outputs computed"
    case .loss: "loss computed"
    case .backward: "gradients computed"
    case .step: "weights updated"
    }
  }
}
