import Curves
import Glibc
import NeuralNetworks
import Notebook
import Pages
import Terminal
import Testing

struct TrainerViewTests {
  /// A loss that falls from ln 3, with the same noise every time.
  private func curves(epochs: Int, rate: Double = 0.004) -> TrainerState.Curves {
    let epochs = (1...max(1, epochs)).map(Double.init).prefix(epochs)
    let loss = epochs.map { log(3) * exp(-rate * $0) * (1 + 0.1 * sin($0 * 12.9)) }
    var curves = TrainerState.Curves()
    curves.loss = Trace(loss)
    curves.testLoss = Trace(loss.map { $0 * 0.9 + 0.05 })
    curves.testAccuracy = Trace(epochs.map { 0.95 - 0.6 * exp(-rate * $0) })
    return curves
  }

  private func trainer(_ activity: TrainerState.Activity, epoch: Int) -> TrainerView {
    var state = TrainerState(
      activity: activity, title: "ASGD, rate 0.01, batches of 64", epochs: 1000, classCount: 3,
      testCount: 120)
    state.curves = curves(epochs: epoch)
    state.seconds = Double(epoch) * 0.002
    state.pace = 100
    state.device = "CPU"
    return TrainerView(state)
  }

  private var waiting: TrainerView {
    var view = trainer(.waiting, epoch: 0)
    view.state.pace = nil
    view.state.estimatedSeconds = 2.04
    return view
  }

  private var running: TrainerView {
    var view = trainer(.running, epoch: 640)
    view.state.earlier = [
      TrainerState.EarlierRun(
        title: "ASGD, rate 0.005, batches of 64", curves: curves(epochs: 1000, rate: 0.002),
        seconds: 2)
    ]
    return view
  }

  private var slow: TrainerView {
    var view = trainer(.paused, epoch: 3)
    var batch = BatchView(
      stage: .loss, batch: 1, batchCount: 8, signal: (0..<128).map { sin(Float($0) / 6) }, label: 1)
    batch.probabilities = [0.253, 0.612, 0.135]
    batch.loss = 0.8712
    view.state.batch = batch
    view.state.isStale = true
    return view
  }

  private func draw(_ view: TrainerView, width: Int, _ charset: Charset = .unicode) -> Canvas {
    var canvas = Canvas(
      width: width, height: view.height(forWidth: width, charset: charset), charset: charset)
    view.draw(into: &canvas, in: canvas.bounds, theme: .monochrome)
    return canvas
  }

  @Test(arguments: Charset.allCases)
  func pictures(charset: Charset) {
    for width in [78, 44] {
      expectPicture(draw(waiting, width: width, charset), "trainer-waiting-\(charset)-\(width)")
      expectPicture(draw(running, width: width, charset), "trainer-running-\(charset)-\(width)")
      expectPicture(draw(slow, width: width, charset), "trainer-slow-\(charset)-\(width)")
    }
  }

  @Test(arguments: Charset.allCases)
  func drawsInsideItsFrameAtAnySize(charset: Charset) {
    let failed = trainer(.failed("the loss is no longer finite in epoch 3"), epoch: 2)
    var odd = running
    odd.state.curves.loss = [1, 0.5, 0.4, .nan, .infinity, 0, 0.2]
    for view in [waiting, running, slow, failed, odd, trainer(.running, epoch: 1)] {
      expectStaysInside(charset) { view.draw(into: &$0, in: $1, theme: .monochrome) }
    }
  }

  /// Ten thousand times as many epochs took ten thousand times as long when each was drawn.
  @Test("A frame costs about the same at a hundred and at a million epochs")
  func framesOfLongRuns() {
    func seconds(epochs: Int) -> Double {
      var view = trainer(.running, epoch: 1)
      view.state.epochs = epochs
      view.state.curves = curves(epochs: epochs, rate: 4 / Double(epochs))
      let clock = ContinuousClock()
      var canvas = Canvas(width: 100, height: 14)
      let frame = clock.measure {
        for _ in 0..<5 { view.draw(into: &canvas, in: canvas.bounds, theme: .monochrome) }
      }
      return frame / .seconds(1)
    }
    let (short, long) = (seconds(epochs: 100), seconds(epochs: 1_000_000))
    #expect(long < 100 * short, "\(short) s, \(long) s")
  }

  @Test("The accuracy's standard error is that of a proportion: sqrt(p (1 − p) / N)")
  func standardError() {
    var view = trainer(.finished, epoch: 1)
    view.state.curves.testAccuracy = [0.5]
    view.state.testCount = 100
    #expect(draw(view, width: 78).text.contains("50 % ± 5"))
  }

  @Test("The time left follows the pace, or the computing time where that is slower")
  func timeLeft() {
    var view = trainer(.running, epoch: 640)
    #expect(draw(view, width: 100).text.contains("100/s  3.6 s left"))
    view.state.pace = nil
    #expect(draw(view, width: 100).text.contains("500/s  0.7 s left"))
    view.state.pace = 100
    view.state.seconds = 64
    #expect(draw(view, width: 100).text.contains("10/s  36 s left"))
  }

  @Test("Before the forward stage, probabilities are shown as question marks")
  func batchWithoutAnswer() {
    var view = slow
    view.state.batch?.stage = .zeroGrad
    view.state.batch?.probabilities = nil
    view.state.batch?.loss = nil
    view.state.batch?.gradientNorm = 0
    let rows = draw(view, width: 78).text.split(separator: "\n").suffix(3)
    #expect(rows.map { $0.contains("?") } == [true, true, true])
    #expect(rows.contains { $0.contains("✓1 ?") && $0.contains("gradient norm 0") })
  }

  @Test("Small losses before and after a step are shown whole", arguments: [44, 78])
  func smallLosses(width: Int) {
    var view = slow
    view.state.batch?.stage = .step
    view.state.batch?.stepLosses = BatchView.StepLosses(
      before: 0.000281, after: 0.000263)
    view.state.batch?.gradientNorm = 0.000573
    let text = draw(view, width: width).text
    #expect(text.contains("loss 0.000281 → 0.000263"))
    #expect(text.contains("gradient norm 0.000573"))
  }

  @Test("Of many classes, the true one and the likeliest ones are shown")
  func manyClasses() {
    var view = slow
    view.state.classCount = 10
    view.state.batch?.label = 4
    view.state.batch?.probabilities = [0.1, 0.3, 0.01, 0.2, 0.05, 0.1, 0.1, 0.1, 0.03, 0.01]
    let rows = draw(view, width: 78).text.split(separator: "\n").suffix(3)
    for (row, text) in zip(rows, [" 1 ", " 3 ", "✓4 "]) { #expect(row.contains(text)) }
  }

  @Test("One of several runs takes two rows, and more only while stepping through a batch")
  func compact() {
    var view = running
    view.run = 2
    #expect(view.height(forWidth: 78) == 2)
    let rows = draw(view, width: 78).text.split(separator: "\n")
    #expect(rows.count == 2)
    #expect(rows[0].contains("pause"))
    #expect(rows[1].contains("epoch 640/1000"))
    view.state.batch = slow.state.batch
    #expect(draw(view, width: 78).text.contains("[loss]"))
    for charset in Charset.allCases {
      expectStaysInside(charset) { view.draw(into: &$0, in: $1, theme: .monochrome) }
    }
  }

  @Test("The marker of guessing depends on the number of classes")
  func guessing() {
    var view = waiting
    #expect(draw(view, width: 78).text.contains("ln 3: guessing"))
    #expect(draw(view, width: 78).text.contains("33 %: guessing"))
    view.state.classCount = 10
    #expect(draw(view, width: 78).text.contains("ln 10: guessing"))
    #expect(draw(view, width: 78).text.contains("10 %: guessing"))
  }

  @Test("Without a test set, there is one plot and no accuracy")
  func noTestSet() {
    var view = trainer(.running, epoch: 10)
    view.state.testCount = 0
    view.state.curves.testLoss = []
    view.state.curves.testAccuracy = []
    let text = draw(view, width: 78).text
    #expect(!text.contains("right"))
    #expect(!text.contains("±"))
    #expect(view.height(forWidth: 40) == view.height(forWidth: 78))
  }

  @Test("A run that continues a fit shows the time of its own epochs")
  func goingOn() {
    var view = trainer(.running, epoch: 350)
    (view.state.startEpoch, view.state.epochs) = (300, 400)
    (view.state.seconds, view.state.pace) = (0.5, nil)
    let text = draw(view, width: 78).text
    #expect(text.contains("epoch 350/400") && text.contains("100/s") && text.contains("0.5 s left"))
    view = trainer(.waiting, epoch: 300)
    (view.state.startEpoch, view.state.epochs) = (300, 400)
    (view.state.seconds, view.state.estimatedSeconds) = (0, 0.2)
    #expect(draw(view, width: 78).text.contains("trains, about 1 s, free 0.2 s"))
  }

  @Test("Errors and changed settings are explained in words")
  func remarks() {
    var view = trainer(.failed("the loss is no longer finite in epoch 3"), epoch: 2)
    #expect(draw(view, width: 78).text.contains("the loss is no longer finite in epoch 3"))
    view.state.activity = .finished
    view.state.isStale = true
    #expect(draw(view, width: 78).text.contains("settings have changed; r retrains"))
  }

  @Test("Curves grow into an axis that spans all epochs from the start")
  func axis() {
    for epoch in [0, 1, 500] {
      #expect(draw(trainer(.running, epoch: epoch), width: 78).text.contains("1000"))
    }
  }

  @Test("A title that does not fit loses whole settings")
  func shortTitles() {
    var view = running
    view.state.title = "CNN, ASGD, rate 0.01, batches of 64, weights by class, smoothing 0.1"
    let row = draw(view, width: 78).text.split(separator: "\n")[0]
    #expect(
      row.contains("CNN, ASGD, rate 0.01") && row.contains("…") && !row.contains("batches o…"))
  }
}
