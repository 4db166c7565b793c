import Glibc

/// A network that learns: its curves so far, how far it is, and one batch step by step.
///
///     ASGD, rate 0.01, batches of 64                   pace ‹100/s›  ▌⏎ pause
///      (loss, on a logarithmic axis)            (right answers, percent)
///     ▇▆▅▄▃▂▁▁  epoch 640/1000  train 0.108  test 0.141  93 % ±2  98/s  3.6 s left
///     one batch, slowly: zero_grad › forward › [loss] › backward › step
package struct TrainerView: Sendable {
  package enum Activity: Hashable, Sendable {
    case waiting, running, paused, finished
    /// Why it cannot go on, as a sentence.
    case failed(String)
  }

  /// One value for each epoch.
  package struct Curves: Sendable {
    package var loss: [Double]
    package var testLoss: [Double]
    /// 0 … 1
    package var testAccuracy: [Double]

    package init(loss: [Double] = [], testLoss: [Double] = [], testAccuracy: [Double] = []) {
      self.loss = loss
      self.testLoss = testLoss
      self.testAccuracy = testAccuracy
    }
  }

  /// What learns, with what.
  package var title: String
  package var activity: Activity
  /// Those of the fit that the run goes on from; 0 in a run from the beginning.
  package var startEpoch: Int
  /// Where the run ends, counted from the beginning.
  package var epochs: Int
  package var curves = Curves()
  /// The run before this one, to compare with.
  package var previous: Curves?
  package var classCount: Int
  /// 0 without a test set.
  package var testCount: Int
  /// Computing time of the epochs since `startEpoch`.
  package var seconds = 0.0
  /// Of the whole run, before it has begun; nil when unknown.
  package var estimatedSeconds: Double?
  /// Epochs a second at most; nil runs free.
  package var pace: Double?
  package var device = ""
  package var isStale = false
  package var batch: BatchStrip?
  /// The rows of a plot with its axes.
  package var plotHeight = 9
  /// One of several runs: without plots, its sparkline has to do.
  package var isCompact = false

  package init(
    title: String, activity: Activity, startEpoch: Int = 0, epochs: Int, classCount: Int,
    testCount: Int
  ) {
    self.title = title
    self.activity = activity
    self.startEpoch = startEpoch
    self.epochs = epochs
    self.classCount = classCount
    self.testCount = testCount
  }

  package func height(forWidth width: Int, charset: Charset = .unicode) -> Int {
    1 + remarkLines(width: width, charset: charset).count
      + plotRowCount(forWidth: width) * plotHeight + 1 + batchHeight
  }

  /// How many plots stand below each other.
  package func plotRowCount(forWidth width: Int) -> Int {
    if isCompact { return 0 }
    return isNarrow(width) && testCount > 0 ? 2 : 1
  }

  /// The stages are worth a line of their own where there is room for plots.
  private var batchHeight: Int {
    isCompact && batch == nil ? 0 : BatchStrip.height(of: batch)
  }

  package func draw(into canvas: inout Canvas, in rectangle: Rectangle, theme: Theme) {
    guard !rectangle.isEmpty else { return }
    canvas.clipped(to: rectangle) { canvas in
      drawHeader(into: &canvas, in: rectangle, theme: theme)
      var y = rectangle.y + 1
      for line in remarkLines(width: rectangle.width, charset: canvas.charset) {
        let isFault = if case .failed = activity { true } else { false }
        let style = isFault ? theme.error : theme.warning
        canvas.put(line, x: rectangle.x, y: y, style: style)
        y += 1
      }
      if !isCompact {
        y = drawPlots(into: &canvas, x: rectangle.x, y: y, width: rectangle.width, theme: theme)
      }
      drawStatus(into: &canvas, x: rectangle.x, y: y, width: rectangle.width, theme: theme)
      guard batchHeight > 0 else { return }
      BatchStrip.draw(
        batch, classCount: classCount, into: &canvas,
        in: Rectangle(x: rectangle.x, y: y + 1, width: rectangle.width, height: batchHeight),
        theme: theme)
    }
  }

  // MARK: Numbers

  private var epoch: Int { curves.loss.count }
  /// Epochs that this run has come to.
  private var ownEpoch: Int { epoch - startEpoch }
  /// Epochs that this run is to come to.
  private var ownEpochs: Int { epochs - startEpoch }

  /// Of computing and waiting together: at the pace or free, whichever takes longer.
  private func duration(ofEpochs count: Int) -> Double? {
    var perEpoch: Double?
    if ownEpoch > 0 {
      perEpoch = seconds / Double(ownEpoch)
    } else if let estimatedSeconds, ownEpochs > 0 {
      perEpoch = estimatedSeconds / Double(ownEpochs)
    }
    guard let perEpoch else { return nil }
    return Double(count) * max(perEpoch, pace.map { $0 > 0 ? 1 / $0 : 0 } ?? 0)
  }

  /// The loss of who knows nothing and gives every class the same probability.
  private var guessingLoss: Double? { classCount > 1 ? log(Double(classCount)) : nil }

  // MARK: Words

  private func activityText(_ glyphs: Glyphs) -> String {
    switch activity {
    case .waiting:
      guard let estimatedSeconds, let seconds = duration(ofEpochs: ownEpochs) else {
        return "\(glyphs.keyEnter) trains"
      }
      let free = durationText(estimatedSeconds, isRough: true)
      let time = durationText(seconds, isRough: true)
      let remark = free == time ? "" : ", free \(free)"
      return "\(glyphs.keyEnter) trains, about \(time)\(remark)"
    case .running: return "\(glyphs.keyEnter) pause"
    case .paused: return "paused, \(glyphs.keyEnter) \(isStale ? "trains anew" : "goes on")"
    case .finished: return "finished, \(glyphs.keyEnter) trains anew"
    case .failed: return "stopped, \(glyphs.keyEnter) trains anew"
    }
  }

  private func remarkLines(width: Int, charset: Charset) -> [String] {
    var text: String
    switch activity {
    case .failed(let sentence): text = sentence
    case .waiting, .running, .paused, .finished:
      guard isStale else { return [] }
      text = "settings changed since; r trains anew"
    }
    if isStale, case .failed = activity { text += "; settings changed since, r trains anew" }
    return wrap(text, width: width, charset: charset).prefix(3).map { line in
      line.map(\.text).joined()
    }
  }

  private var paceText: String { pace.map { "\(readable($0, digits: 3))/s" } ?? "free" }

  // MARK: Parts

  private func drawHeader(into canvas: inout Canvas, in rectangle: Rectangle, theme: Theme) {
    let glyphs = canvas.glyphs
    func width(_ text: String) -> Int { displayWidth(of: text, charset: canvas.charset) }
    let activity = activityText(glyphs)
    let pace = "pace \(glyphs.choiceStart)\(paceText)\(glyphs.choiceEnd)"
    var end = rectangle.endX
    end -= width(activity)
    canvas.put(activity, x: max(rectangle.x, end), y: rectangle.y, style: theme.focus)
    end -= 2
    if end - width(pace) - 2 >= rectangle.x + min(24, width(title)) {
      end -= width(pace)
      canvas.put(pace, x: end, y: rectangle.y, style: theme.dim)
      end -= 2
    }
    canvas.put(
      truncated(title, toWidth: max(0, end - rectangle.x), charset: canvas.charset),
      x: rectangle.x, y: rectangle.y, style: theme.strong)
  }

  /// Two plots side by side need this much.
  private func isNarrow(_ width: Int) -> Bool { width < 60 }

  /// - Returns: the row below the plots.
  private func drawPlots(
    into canvas: inout Canvas, x: Int, y: Int, width: Int, theme: Theme
  ) -> Int {
    var frame = Rectangle(x: x, y: y, width: width, height: plotHeight)
    let loss = lossPlot(canvas.glyphs)
    guard testCount > 0 else {
      loss.draw(into: &canvas, in: frame, theme: theme)
      return frame.endY
    }
    let accuracy = accuracyPlot(canvas.glyphs)
    if isNarrow(width) {
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

  private func drawStatus(
    into canvas: inout Canvas, x: Int, y: Int, width: Int, theme: Theme
  ) {
    let parts = statusParts(canvas.glyphs)
    // What matters least goes first where there is not room for all of it.
    var shown = Set(parts.indices)
    func used() -> Int {
      shown.reduce(-2) { $0 + 2 + displayWidth(of: parts[$1].text, charset: canvas.charset) }
    }
    for rank in (1...4).reversed() {
      // The device stands in the reader's header too; a sparkline is worth more.
      let reserve = rank == 4 && epoch > 1 ? 14 : 0
      if used() > width - reserve { shown = shown.filter { parts[$0].rank < rank } }
    }
    var x = x
    let room = min(24, width - used() - 2)
    if room >= 5, epoch > 1 {
      let line = sparkline(curves.loss.map(log10), width: room, charset: canvas.charset)
      x = canvas.put(line, x: x, y: y, style: theme.series[0]) + 2
    }
    for index in shown.sorted() {
      x = canvas.put(parts[index].text, x: x, y: y, style: parts[index].style(theme)) + 2
    }
  }

  private struct StatusPart {
    var text: String
    /// 0 is always shown; the greatest goes first.
    var rank: Int
    var style: (Theme) -> Style = { $0.prose }
  }

  private func statusParts(_ glyphs: Glyphs) -> [StatusPart] {
    var parts = [StatusPart(text: "epoch \(epoch)/\(epochs)", rank: 0) { $0.strong }]
    if let loss = curves.loss.last {
      parts.append(StatusPart(text: "train \(lossText(loss))", rank: 1) { $0.series[0] })
    }
    if let loss = curves.testLoss.last {
      parts.append(
        StatusPart(text: "test \(lossText(loss))", rank: 2) { $0.series[1 % $0.series.count] })
    }
    if let share = curves.testAccuracy.last, testCount > 0 {
      let error = 100 * sqrt(share * (1 - share) / Double(testCount))
      let text =
        "\(fixed(share * 100, decimals: 0)) % \(glyphs.plusMinus)\(fixed(error, decimals: 0))"
      parts.append(StatusPart(text: text, rank: 0) { $0.strong })
    }
    if ownEpoch > 0, seconds > 0 {
      let free = Double(ownEpoch) / seconds
      let speed = activity == .running ? min(free, pace ?? free) : free
      parts.append(StatusPart(text: "\(speedText(speed))/s", rank: 3) { $0.dim })
      switch activity {
      case .finished, .failed:
        parts.append(StatusPart(text: "took \(durationText(seconds))", rank: 2) { $0.dim })
      case .waiting, .running, .paused:
        if let left = duration(ofEpochs: max(0, epochs - epoch)) {
          parts.append(StatusPart(text: "\(durationText(left)) left", rank: 2) { $0.dim })
        }
      }
    }
    if !device.isEmpty { parts.append(StatusPart(text: device, rank: 4) { $0.dim }) }
    return parts
  }

  private func lossText(_ loss: Double) -> String {
    loss >= 0.01 && loss < 10 ? fixed(loss, decimals: 3) : readable(loss, digits: 3)
  }

  // MARK: Plots

  private func lossPlot(_ glyphs: Glyphs) -> Plot {
    var plot = curvePlot(
      "loss",
      [
        (curves.loss, "train", 0, false), (curves.testLoss, "test", 1, false),
        (previous?.loss ?? [], "last run", 0, true), (previous?.testLoss ?? [], nil, 1, true),
      ])
    plot.isYLogarithmic = true
    if let guessingLoss {
      plot.markers = [Plot.Marker(y: guessingLoss, label: "ln \(classCount): guessing")]
      if plot.isEmpty { plot.yLimits = (guessingLoss / 10)...(guessingLoss * 2) }
    }
    plot.emptyMessage = "\(glyphs.keyEnter) lets the curve grow"
    return plot
  }

  private func accuracyPlot(_ glyphs: Glyphs) -> Plot {
    let noun = testCount == 1 ? "signal" : "signals"
    func percent(_ shares: [Double]) -> [Double] { shares.map { $0 * 100 } }
    var plot = curvePlot(
      "right, of \(testCount) test \(noun)",
      [
        (percent(curves.testAccuracy), nil, 1, false),
        (percent(previous?.testAccuracy ?? []), nil, 1, true),
      ])
    plot.yUnit = "%"
    // A little air, so that the mark at a third and the tick at half do not share a row.
    plot.yLimits = 0...105
    if classCount > 1 {
      let share = 100 / Double(classCount)
      plot.markers = [Plot.Marker(y: share, label: "\(fixed(share, decimals: 0)) %: guessing")]
    }
    plot.emptyMessage = ""
    return plot
  }

  /// Over all the epochs to come, so that the curves grow into the plot.
  private func curvePlot(
    _ title: String, _ series: [(y: [Double], label: String?, color: Int, isFaint: Bool)]
  ) -> Plot {
    var plot = Plot(
      series: series.filter { !$0.y.isEmpty }.map { curve in
        var series = Plot.Series(
          label: curve.label, x: curve.y.indices.map { Double($0 + 1) }, y: curve.y)
        series.colorIndex = curve.color
        series.isFaint = curve.isFaint
        return series
      })
    plot.title = title
    plot.xLabel = "epoch"
    plot.xLimits = 0...Double(max(1, epochs))
    return plot
  }
}

/// A time in words, as long as a glance needs: "0.4 s", "12 s", "3 min".
private func durationText(_ seconds: Double, isRough: Bool = false) -> String {
  switch seconds {
  case 0.95..<9.95 where isRough: "\(fixed(seconds, decimals: 0)) s"
  case ..<9.95: "\(fixed(max(0, seconds), decimals: 1)) s"
  case ..<99.5: "\(fixed(seconds, decimals: 0)) s"
  case ..<5970: "\(fixed(seconds / 60, decimals: 0)) min"
  default: "\(fixed(seconds / 3600, decimals: 1)) h"
  }
}

private func speedText(_ speed: Double) -> String {
  speed < 9.95 ? readable(speed, digits: 2) : fixed(speed, decimals: 0)
}
