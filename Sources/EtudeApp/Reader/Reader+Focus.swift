import Interpreter
import Notebook
import Pages
import Progress
import Sounds
import Terminal

/// What keys do to the focused widget, plot, stepper or player.
extension Reader {
  // MARK: Widgets

  /// The widget as it is on the screen.
  func widget(_ target: FocusTarget) -> Widget? {
    guard case .widget(let widget)? = snapshot.output(for: target) else { return nil }
    return state.movedWidgets[target].map(widget.showing) ?? widget
  }

  mutating func adjustWidget(by steps: Int) -> [Action] {
    guard let focus = state.focus, let widget = widget(focus) else { return [] }
    return set(widget, focus, to: widget.moved(by: steps))
  }

  mutating func resetFocusedWidget() -> [Action] {
    guard let focus = state.focus, let widget = widget(focus) else { return [] }
    return set(widget, focus, to: widget.lessonValue)
  }

  mutating func set(_ widget: Widget, _ target: FocusTarget, to value: WidgetValue) -> [Action] {
    guard value != widget.value else { return [] }
    state.movedWidgets[target] = value
    state.progress.set(
      widget: widget.name, ofCell: target.cell, to: value == widget.lessonValue ? nil : value)
    return [.session(.setWidget(cell: target.cell, name: widget.name, to: value))]
  }

  // MARK: Plots

  mutating func changePlot(_ command: Command) {
    guard let focus = state.focus, case .figure(let figure)? = snapshot.output(for: focus)
    else { return }
    guard let all = figure.xRange, figure.heatmap == nil else {
      notice = "\(figure.kind == .image ? "an image" : "a spectrogram") cannot be zoomed"
      return
    }
    guard let curve = figure.series.first?.curve else { return }
    var window = state.windows[focus] ?? PlotWindow()
    switch command {
    case .pan(let direction):
      if window.range == nil { notice = "the whole plot is shown; + zooms in" }
      window.pan(direction, all: all)
    case .zoom(let direction):
      let centre = window.cursor.flatMap { $0 < curve.count ? curve.x($0) : nil }
      window.zoom(direction, all: all, pointCount: curve.count, about: centre)
    case .zoomAll: window.range = nil
    case .plotCursor: window.toggleCursor(on: curve)
    case .moveCursor(let points): window.moveCursor(points, on: curve, all: all)
    default: break
    }
    state.windows[focus] = window
  }

  // MARK: Stepper

  mutating func changeStepper(_ command: Command) {
    guard let focus = state.focus, case .stepper(let stepper)? = snapshot.output(for: focus)
    else { return }
    var position = state.steppers[focus] ?? StepperPosition()
    let last = max(0, stepper.outputCount - 1)
    switch command {
    case .step(let steps):
      position.isAnimating = false
      position.step = min(max(0, min(position.step, last) + steps), last)
    case .animate:
      position.isAnimating.toggle()
      if position.isAnimating, position.step >= last { position.step = 0 }
    case .flip: position.flips = !(position.flips ?? stepper.flips)
    default: break
    }
    state.steppers[focus] = position
  }

  // MARK: Tables

  mutating func scrollTable(by columns: Int) {
    guard let focus = state.focus else { return }
    let last = arrangement.lastColumn(ofTable: focus)
    let first = min(state.tableColumns[focus] ?? 0, last)
    let next = min(max(0, first + columns), last)
    if next == first {
      notice = columns > 0 ? "these are the last columns" : "this is the first column"
    }
    state.tableColumns[focus] = next
    keepScrollInside()
  }

  // MARK: Training

  mutating func train(_ command: TrainerCommand) -> [Action] {
    guard case .trainer(let cell, let call)? = state.focus else { return [] }
    if command == .oneEpoch || command == .oneStage {
      let key = command == .oneEpoch ? "s" : "b"
      switch snapshot.trainers[TrainerID(cell: cell, call: call)]?.activity {
      case .finished:
        notice =
          "this run has done all its epochs; r starts it again, then \(key) goes step by step"
        return []
      case .failed:
        notice = "this run cannot go on; r starts it again, then \(key) goes step by step"
        return []
      case .waiting, .running, .paused, nil: break
      }
    }
    return [.session(.train(TrainerID(cell: cell, call: call), command))]
  }

  // MARK: Questions

  mutating func answer(_ choice: Int?) {
    guard case .prediction(let id)? = state.focus,
      let prediction = page.predictions.first(where: { $0.id == id })
    else { return }
    if let choice, choice >= prediction.answers.count {
      notice =
        prediction.answers.count == 1
        ? "there is only one answer" : "there are \(prediction.answers.count) answers"
      return
    }
    state.progress.predictions[id] = choice.map(PredictionAnswer.chosen) ?? .skipped
    state.focus = nil
    keepScrollInside()
  }

  // MARK: Sound

  mutating func changeSound(_ command: Command) -> [Action] {
    guard let focus = state.focus, case .player(let tracks)? = snapshot.output(for: focus)
    else { return [] }
    var actions = load(tracks, of: focus)
    // A player that was loaded just now has not reported a state yet.
    let player = state.player?.state
    let selected = min(player?.selected ?? 0, tracks.count - 1)
    switch command {
    case .playOrPause: actions.append(.sound(player?.isPlaying == true ? .pause : .play))
    case .seek(let steps):
      let duration = tracks[selected].duration
      actions.append(.sound(.seek(by: Double(steps) * max(0.1, duration / 20))))
    case .selectTrack(let index):
      if tracks.indices.contains(index) {
        if index != selected { earlierTrack = selected }
        actions.append(.sound(.select(index)))
      } else {
        notice = tracks.count == 1 ? "there is only one sound" : "there are \(tracks.count) sounds"
      }
    case .matchLoudness:
      if tracks.count == 1 {
        notice = "there is only one sound: nothing to match"
      } else {
        actions.append(.sound(.setMatching(!(player?.isMatchingLoudness ?? false))))
      }
    case .loop: actions.append(.sound(.setLooping(!(player?.isLooping ?? false))))
    case .changeVolume(let steps): actions.append(changeVolume(by: steps))
    case .writeSound: actions.append(.sound(.write(tracks[selected])))
    default: break
    }
    return actions
  }

  /// - Parameter position: from 0 to 1.
  mutating func seek(
    to position: Double, in tracks: [Track], of target: FocusTarget
  ) -> [Action] {
    var actions = load(tracks, of: target)
    let selected = min(state.player?.state?.selected ?? 0, tracks.count - 1)
    actions.append(.sound(.seekTo(position * tracks[selected].duration)))
    return actions
  }

  /// By steps of 3 dB.
  private mutating func changeVolume(by steps: Int) -> Action {
    volume = min(0, max(-48, volume + 3 * Double(steps)))
    let level = "volume \(Int(volume)) dB".replacing("-", with: look.glyphs.minus)
    notice =
      volume == 0
      ? "volume 0 dB: the sound as it is, and as loud as it gets here"
      : volume == -48 ? "\(level), the least; o switches sound off" : level
    return .sound(.setVolume(volume))
  }

  /// Loads the target's tracks into the player, unless they are loaded already.
  mutating func load(_ tracks: [Track], of target: FocusTarget) -> [Action] {
    guard state.player?.target != target else { return [] }
    earlierTrack = nil
    loadedRevision = snapshot.cells[target.cell]?.revision ?? 0
    state.player = (target, nil)
    return [.sound(.load(tracks, keepingPosition: false))]
  }
}
