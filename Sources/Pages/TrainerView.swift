import Curves
import Glibc
import Messages
import Notebook
import Terminal

/// A network in training: its curves, its progress, and one batch step by step.
///
///     ASGD, rate 0.01, batches of 64                  pace ‹100/s›  ▌⏎ pauses
///      (loss, on a logarithmic axis)            (accuracy, percent)
///     loss ▇▆▆▅▅▄▄▃▃▃▂▂▂▂▁▁▁▁▁▁
///     epoch 640/1000  train 0.108  test 0.141  93 % ±2  98/s  3.6 s left
///     one batch, slowly: zero_grad › forward › [loss] › backward › step
package struct TrainerView: Sendable {
  package var state: TrainerState
  /// The rows of a plot with its axes.
  package var plotHeight = 11
  /// The number of the run, from 1, in a cell with several; nil for the only one. One of several
  /// has a sparkline instead of plots.
  package var run: Int?
  /// The plots stand one below the other.
  private var isStacked = false

  package init(_ state: TrainerState) { self.state = state }

  package func height(forWidth width: Int, charset: Charset = .unicode) -> Int {
    1 + remarkLines(width: width, charset: charset).count
      + plotRowCount(forWidth: width) * plotHeight + (isCompact ? 1 : 2) + batchHeight
  }

  /// With plots that fill a frame, beside or below each other.
  func fitted(toHeight height: Int, width: Int, charset: Charset) -> TrainerView {
    guard plotRowCount(forWidth: width) > 0 else { return self }
    func grown(_ view: TrainerView) -> TrainerView {
      let free = height - view.height(forWidth: width, charset: charset)
      var view = view
      // Rounded down.
      view.plotHeight += Int(
        (Double(free) / Double(view.plotRowCount(forWidth: width))).rounded(.down))
      view.plotHeight = max(4, view.plotHeight)
      return view
    }
    /// Three times as wide as high in characters looks right.
    func quality(_ view: TrainerView) -> Double {
      let width = view.plotRowCount(forWidth: width) > 1 ? width : (width - 2) / 2
      return min(Double(view.plotHeight), Double(width) / 3)
    }
    var stacked = self
    stacked.isStacked = true
    let (beside, below) = (grown(self), grown(stacked))
    return below.plotHeight > Self.leastStackedHeight && quality(below) > quality(beside)
      ? below : beside
  }

  private static let leastStackedHeight = 11

  /// The number of rows of plots.
  package func plotRowCount(forWidth width: Int) -> Int {
    if isCompact { return 0 }
    return (isNarrow(width) || isStacked) && state.testCount > 0 ? 2 : 1
  }

  /// The stages always have a line where there is room for plots.
  private var batchHeight: Int {
    isCompact && state.batch == nil
      ? 0 : BatchStrip(batch: state.batch, classCount: state.classCount).height
  }

  package func draw(into canvas: inout Canvas, in rectangle: Rectangle, theme: Theme) {
    guard !rectangle.isEmpty else { return }
    canvas.clipped(to: rectangle) { canvas in
      drawHeader(into: &canvas, in: rectangle, theme: theme)
      var y = rectangle.y + 1
      for line in remarkLines(width: rectangle.width, charset: canvas.charset) {
        let isFault = if case .failed = state.activity { true } else { false }
        let style = isFault ? theme.error : theme.warning
        canvas.put(line, x: rectangle.x, y: y, style: style)
        y += 1
      }
      if !isCompact {
        y = drawPlots(into: &canvas, x: rectangle.x, y: y, width: rectangle.width, theme: theme)
        drawSparkline(into: &canvas, x: rectangle.x, y: y, width: rectangle.width, theme: theme)
        y += 1
      }
      drawStatus(into: &canvas, x: rectangle.x, y: y, width: rectangle.width, theme: theme)
      guard batchHeight > 0 else { return }
      BatchStrip(batch: state.batch, classCount: state.classCount).draw(
        into: &canvas,
        in: Rectangle(x: rectangle.x, y: y + 1, width: rectangle.width, height: batchHeight),
        theme: theme)
    }
  }

  // MARK: Numbers

  private var isCompact: Bool { run != nil }
  private var title: String { run.map { "run \($0): \(state.title)" } ?? state.title }
  var curves: TrainerState.Curves { state.curves }
  private var epoch: Int { state.epoch }
  /// The epochs of this run so far.
  private var ownEpoch: Int { state.epoch - state.startEpoch }
  /// The epochs of this run in total.
  private var ownEpochs: Int { state.epochs - state.startEpoch }

  /// The estimated duration at the current pace or at full speed, whichever is longer.
  private func duration(ofEpochs count: Int) -> Double? {
    var perEpoch: Double?
    if ownEpoch > 0 {
      perEpoch = state.seconds / Double(ownEpoch)
    } else if let estimatedSeconds = state.estimatedSeconds, ownEpochs > 0 {
      perEpoch = estimatedSeconds / Double(ownEpochs)
    }
    guard let perEpoch else { return nil }
    return Double(count) * max(perEpoch, state.pace.map { $0 > 0 ? 1 / $0 : 0 } ?? 0)
  }

  /// The loss of uniform guessing, with the same probability for every class.
  var guessingLoss: Double? { state.classCount > 1 ? log(Double(state.classCount)) : nil }

  // MARK: Text

  func activityText(_ glyphs: Glyphs) -> String {
    switch state.activity {
    case .waiting:
      guard let estimate = state.estimatedSeconds, let seconds = duration(ofEpochs: ownEpochs)
      else {
        return "\(glyphs.keyEnter) trains"
      }
      let time = Quantity(seconds: seconds, isRough: true).description
      // Enter on the first of several runs trains all of them, one after the other. Without a pace,
      // only the first one's time is known: the others may train larger networks.
      let count = run ?? 1 == 1 ? state.callCount : 1
      if count > 1 {
        let total = Quantity(seconds: seconds * Double(count), isRough: true).description
        let span = seconds > estimate ? "about \(total)" : "the first in about \(time)"
        return "\(glyphs.keyEnter) trains all \(count), \(span)"
      }
      let free = Quantity(seconds: estimate, isRough: true).description
      let remark = free == time ? "" : ", free \(free)"
      return "\(glyphs.keyEnter) trains, about \(time)\(remark)"
    case .running: return "\(glyphs.keyEnter) pauses"
    case .paused: return "paused, \(glyphs.keyEnter) \(state.isStale ? "retrains" : "resumes")"
    case .finished: return "finished, \(glyphs.keyEnter) retrains"
    case .failed: return "stopped, \(glyphs.keyEnter) retrains"
    }
  }

  private func remarkLines(width: Int, charset: Charset) -> [String] {
    var text: String
    switch state.activity {
    case .failed(let sentence): text = sentence
    case .waiting, .running, .paused, .finished:
      let parts = [
        state.remark, state.isStale ? "settings have changed; r retrains" : nil,
      ].compactMap { $0 }
      guard !parts.isEmpty else { return [] }
      text = parts.joined(separator: " ")
    }
    if state.isStale, case .failed = state.activity {
      text += "; settings have changed, r retrains"
    }
    let lines = wrap(text, width: width, charset: charset)
    return firstLines(lines, count: 3, width: width, charset: charset).map { line in
      line.map(\.text).joined()
    }
  }

  private var paceText: String { state.pace.map { "\(readable($0, digits: 3))/s" } ?? "free" }

  // MARK: Parts

  func drawHeader(into canvas: inout Canvas, in rectangle: Rectangle, theme: Theme) {
    let glyphs = canvas.glyphs
    func width(_ text: String) -> Int { displayWidth(of: text, charset: canvas.charset) }
    let activity = activityText(glyphs)
    let pace = "pace \(glyphs.choiceStart)\(paceText)\(glyphs.choiceEnd)"
    var end = rectangle.endX
    end -= width(activity)
    canvas.put(activity, x: max(rectangle.x, end), y: rectangle.y, style: theme.accent)
    end -= 2
    if end - width(pace) - 2 >= rectangle.x + min(24, width(title)) {
      end -= width(pace)
      canvas.put(pace, x: end, y: rectangle.y, style: theme.dim)
      end -= 2
    }
    canvas.put(
      shortTitle(toWidth: max(0, end - rectangle.x), charset: canvas.charset),
      x: rectangle.x, y: rectangle.y, style: theme.strong)
  }

  /// Whole settings, as many as fit; part of the first where not even that does.
  private func shortTitle(toWidth width: Int, charset: Charset) -> String {
    var parts = title.split(separator: ", ")
    let ellipsis = " " + Glyphs(charset).ellipsis
    var text = title
    while displayWidth(of: text, charset: charset) > width, parts.count > 1 {
      parts.removeLast()
      text = parts.joined(separator: ", ") + ellipsis
    }
    return truncated(text, toWidth: width, charset: charset)
  }

  /// Too narrow for two plots side by side.
  private func isNarrow(_ width: Int) -> Bool { width < 60 }

  /// - Returns: the row below the plots.
  private func drawPlots(
    into canvas: inout Canvas, x: Int, y: Int, width: Int, theme: Theme
  ) -> Int {
    var frame = Rectangle(x: x, y: y, width: width, height: plotHeight)
    let loss = lossPlot(canvas.glyphs)
    guard state.testCount > 0 else {
      loss.draw(into: &canvas, in: frame, theme: theme)
      return frame.endY
    }
    let accuracy = accuracyPlot(canvas.glyphs)
    if plotRowCount(forWidth: width) > 1 {
      loss.draw(into: &canvas, in: frame, theme: theme)
      frame.y += plotHeight
    } else {
      frame.width = (width - 2) / 2
      loss.draw(into: &canvas, in: frame, theme: theme)
      frame = Rectangle(
        x: frame.endX + 2, y: y, width: width - frame.width - 2, height: plotHeight)
    }
    accuracy.draw(into: &canvas, in: frame, theme: theme)
    return frame.endY
  }

  func drawStatus(
    into canvas: inout Canvas, x: Int, y: Int, width: Int, theme: Theme
  ) {
    let parts = statusParts(canvas.glyphs)
    // The least important parts are dropped first where there is not room for all.
    var shown = Set(parts.indices)
    func used() -> Int {
      shown.reduce(-2) { $0 + 2 + displayWidth(of: parts[$1].text, charset: canvas.charset) }
    }
    // One of several runs has its sparkline here, which is worth more than most numbers.
    let reserve = isCompact && epoch > 1 ? 2 + Self.sparklineLabel.count + 12 : 0
    for rank in (1...4).reversed() where used() > width - (rank > 1 ? reserve : 0) {
      shown = shown.filter { parts[$0].rank < rank }
    }
    var x = x
    if isCompact {
      let room = width - used() - 2
      drawSparkline(into: &canvas, x: x, y: y, width: room, theme: theme)
      if room >= Self.shortestSparkline { x += room + 2 }
    }
    for index in shown.sorted() {
      x = canvas.put(parts[index].text, x: x, y: y, style: parts[index].style(theme)) + 2
    }
  }

  private static let sparklineLabel = "loss "
  private static let shortestSparkline = sparklineLabel.count + 5

  /// The whole loss so far, in as many columns as there are.
  func drawSparkline(
    into canvas: inout Canvas, x: Int, y: Int, width: Int, theme: Theme
  ) {
    guard epoch > 1, width >= Self.shortestSparkline else { return }
    let x = canvas.put(Self.sparklineLabel, x: x, y: y, style: theme.dim)
    let line = sparkline(
      curves.loss, width: width - Self.sparklineLabel.count, isLogarithmic: true,
      charset: canvas.charset)
    canvas.put(line, x: x, y: y, style: theme.series[0])
  }

  private struct StatusPart {
    var text: String
    /// 0 is always shown; the highest rank is dropped first.
    var rank: Int
    var style: (Theme) -> Style = { $0.prose }
  }

  private func statusParts(_ glyphs: Glyphs) -> [StatusPart] {
    var parts = [StatusPart(text: "epoch \(epoch)/\(state.epochs)", rank: 0) { $0.strong }]
    if let loss = curves.loss.last {
      parts.append(StatusPart(text: "train \(lossText(loss))", rank: 1) { $0.series[0] })
    }
    if let loss = curves.testLoss.last {
      parts.append(
        StatusPart(text: "test \(lossText(loss))", rank: 2) { $0.series[1 % $0.series.count] })
    }
    if let share = curves.testAccuracy.last, state.testCount > 0 {
      let text = Percentage(part: share, of: state.testCount)
        .withStandardError(plusMinus: glyphs.plusMinus)
      parts.append(StatusPart(text: text, rank: 0) { $0.strong })
    }
    if ownEpoch > 0, state.seconds > 0 {
      let free = Double(ownEpoch) / state.seconds
      let speed = state.activity == .running ? min(free, state.pace ?? free) : free
      parts.append(StatusPart(text: "\(speedText(speed))/s", rank: 3) { $0.dim })
      switch state.activity {
      case .finished, .failed:
        parts.append(
          StatusPart(text: "took \(Quantity(seconds: state.seconds))", rank: 2) { $0.dim })
      case .waiting, .running, .paused:
        if let left = duration(ofEpochs: max(0, state.epochs - epoch)) {
          parts.append(StatusPart(text: "\(Quantity(seconds: left)) left", rank: 2) { $0.dim })
        }
      }
    }
    if !state.device.isEmpty { parts.append(StatusPart(text: state.device, rank: 4) { $0.dim }) }
    return parts
  }

  private func lossText(_ loss: Double) -> String {
    loss >= 0.01 && loss < 10 ? fixed(loss, decimals: 3) : readable(loss, digits: 3)
  }
}

private func speedText(_ speed: Double) -> String {
  speed < 9.95 ? readable(speed, digits: 2) : fixed(speed, decimals: 0)
}
