import Interpreter
import Notebook
import Sounds
import Terminal

extension PageItems {
  /// What has the focus, on the whole screen; nil for what is not made larger.
  func zoomItem(_ target: FocusTarget) -> PageItem? {
    guard let output = snapshot.output(for: target) else { return nil }
    switch output {
    case .figure, .table: return item(for: .focusable(target, output))
    case .player(let tracks): return playerZoomItem(target, tracks)
    case .trainer(let id): return trainerZoomItem(target, id)
    case .stepper(let stepper): return stepperZoomItem(target, stepper)
    case .widget, .permission: return nil
    }
  }

  private func playerZoomItem(_ target: FocusTarget, _ tracks: [Track]) -> PageItem {
    let zoom = PlayerZoom(tracks)
    func pictures(in frame: Rectangle, below view: PlayerView) -> Rectangle {
      let barHeight = view.height(forWidth: frame.width, charset: look.charset)
      return frame.inset(left: 1, top: barHeight + 1)
    }
    var item = PageItem(target: target, kind: .player, height: { _ in 1 }) { canvas, frame, state in
      let view = playerView(target, tracks, state)
      view.draw(into: &canvas, in: frame, theme: theme)
      zoom.draw(
        view.selected, position: view.position, gain: view.isLoudnessMatched ? view.gain ?? 0 : 0,
        into: &canvas, in: pictures(in: frame, below: view), theme: theme)
    }
    item.part = { x, y, frame, state in
      let view = playerView(target, tracks, state)
      let wave = zoom.waveFrame(
        of: view.selected, in: pictures(in: frame, below: view), charset: look.charset)
      return PagePart(view, wave: wave, x: x, y: y, in: frame, look.charset)
    }
    return item
  }

  private func trainerZoomItem(_ target: FocusTarget, _ id: TrainerID) -> PageItem? {
    guard let trainer = snapshot.trainers[id] else { return nil }
    var view = TrainerView(trainer)
    view.state.title = title(of: id)
    var item = PageItem(target: target, kind: .trainer, height: { _ in 1 }) {
      [view] canvas, frame, state in
      let inspection = state.inspection.flatMap { $0.id == id ? $0.inspection : nil }
      TrainerZoom(view: view, inspection: inspection)
        .draw(into: &canvas, in: frame.inset(left: 1), theme: theme)
    }
    item.part = trainerPart(view)
    return item
  }

  /// The steps, and below them the signal under the kernel and the output so far.
  private func stepperZoomItem(_ target: FocusTarget, _ stepper: Stepper) -> PageItem {
    PageItem(target: target, kind: .stepper, height: { _ in 1 }) { canvas, frame, state in
      let position = state.steppers[target] ?? StepperPosition()
      var view = StepperView(stepper, step: position.step)
      if let flips = position.flips { view.stepper.flips = flips }
      view.isFocused = true
      view.draw(into: &canvas, in: frame, theme: theme)
      let rest = frame.inset(left: 1, top: StepperView.height + 1)
      guard rest.height >= 8 else { return }
      let upper = Rectangle(
        x: rest.x, y: rest.y, width: rest.width, height: rest.height / 2)
      view.signalPlot.draw(into: &canvas, in: upper, theme: theme)
      view.outputPlot.draw(into: &canvas, in: rest.inset(top: upper.height), theme: theme)
    }
  }
}
