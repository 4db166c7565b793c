import Messages
import Notebook
import Pages
import Terminal

/// A run in pictures and in words.
struct TrainerPicture {
  var state: TrainerState

  /// The losses, and with a test set the accuracy.
  var plots: [PlotPicture] {
    let view = TrainerView(state)
    let glyphs = Glyphs(.unicode)
    var plots = [view.lossPlot(glyphs)]
    if state.testCount > 0 { plots.append(view.accuracyPlot(glyphs)) }
    return plots.map { plot in
      var picture = PlotPicture(
        plot: plot, description: "\(plot.title ?? "loss") over the epochs: \(facts)")
      (picture.width, picture.height) = (460, 240)
      return picture
    }
  }

  /// "epoch 200 of 200, training loss 0.4, …"
  var facts: String {
    var facts = ["epoch \(Quantity(state.epoch)) of \(Quantity(state.epochs))"]
    if let loss = state.curves.loss.last {
      facts.append("training loss \(readable(loss, digits: 3))")
    }
    if let loss = state.curves.testLoss.last {
      facts.append("test loss \(readable(loss, digits: 3))")
    }
    if let share = state.curves.testAccuracy.last, state.testCount > 0 {
      facts.append(
        Percentage(part: share, of: state.testCount).withStandardError(plusMinus: "±")
          + " of \(state.testCount) test signals right")
    }
    if state.seconds > 0 { facts.append("took \(Quantity(seconds: state.seconds))") }
    if !state.device.isEmpty { facts.append("on \(state.device)") }
    if case .failed(let reason) = state.activity { facts.append(reason) }
    return facts.joined(separator: ", ")
  }
}
