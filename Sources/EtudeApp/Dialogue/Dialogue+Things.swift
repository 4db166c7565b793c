import Interpreter
import Lessons
import Messages
import Notebook
import Pages
import Sounds

/// Using the thing with a number.
extension Dialogue {
  /// - Parameter argument: what follows the number in the line.
  mutating func use(_ number: Int, _ argument: String, _ reader: inout Reader) -> [Action] {
    guard let target = numbers.target(number) else {
      sayNoThing(number)
      return []
    }
    let thing = SpokenThing(reader: reader, target: target, number: number)
    current = target
    reader.state.focus = target
    defer { reader.state.focus = nil }
    switch target {
    case .prediction: return answer(argument, thing, &reader)
    case .code: return useCode(argument, thing, &reader)
    default: break
    }
    guard let output = reader.snapshot.output(for: target) else {
      guard case .table(let owner, _) = target else {
        say("\(number) is not there just now.")
        return []
      }
      say("\(owner): this table was read with the page.")
      return []
    }
    switch output {
    case .widget(let widget): return move(widget, argument, thing, &reader)
    case .figure(let figure): read(figure, argument, thing)
    case .stepper(let stepper): step(stepper, argument, thing, &reader)
    case .table(let headers, let rows): say(tableLines(headers: headers, rows: rows, limit: nil))
    case .player(let tracks): return play(tracks, argument, thing, &reader)
    case .trainer(let id): return train(id, argument, thing, &reader)
    case .permission:
      say("It starts.")
      return reader.perform(.permit)
    }
    return []
  }

  private mutating func explain(_ argument: String, _ thing: SpokenThing) {
    say("\(argument): I do not know this here. \(thing.usage)")
  }

  // MARK: Widgets

  private mutating func move(
    _ widget: Widget, _ argument: String, _ thing: SpokenThing, _ reader: inout Reader
  ) -> [Action] {
    let target = thing.target
    let current = reader.widget(target) ?? widget
    let actions: [Action]
    switch (current.kind, argument) {
    // An option may be called "left", too.
    case (.choice(let options, _, _), _) where option(argument, in: options) != nil:
      let index = option(argument, in: options) ?? 0
      actions = reader.set(current, target, to: .option(index, text: options[index]))
    case (_, "r"): actions = reader.perform(.resetWidget)
    case (_, "+"), (_, "right"): actions = reader.perform(.adjust(1))
    case (_, "-"), (_, "−"), (_, "left"): actions = reader.perform(.adjust(-1))
    case (.toggle, ""): actions = reader.perform(.adjust(1))
    case (.toggle, "on"): actions = reader.set(current, target, to: .isOn(true))
    case (.toggle, "off"): actions = reader.set(current, target, to: .isOn(false))
    case (_, ""):
      say(thing.lines(.widget(widget)))
      say(thing.usage)
      return []
    case (.slider, _):
      guard let value = Double(argument.replacing("−", with: "-").replacing(",", with: "")),
        value.isFinite
      else {
        explain(argument, thing)
        return []
      }
      let nearest = current.clamped(value)
      if nearest != value { say("\(current.label) takes \(current.rangeText.inWords).") }
      actions = reader.set(current, target, to: .number(nearest))
    case (.choice, _):
      say("There is no option \(argument).")
      say(thing.lines(.widget(widget)))
      return []
    case (.toggle, _):
      explain(argument, thing)
      return []
    }
    if let moved = reader.widget(target) {
      say(actions.isEmpty ? "It stays as it is: \(moved.valueSentence)" : moved.valueSentence)
    }
    noteSaid(.thing(target), reader)
    return actions
  }

  /// The option with a number, from 1, or else with a name.
  private func option(_ argument: String, in options: [String]) -> Int? {
    if let number = Int(argument), number > 0, number <= options.count {
      return number - 1
    }
    return options.firstIndex { $0.lowercased() == argument.lowercased() }
  }

  // MARK: Plots and steppers

  private mutating func read(_ figure: Figure, _ argument: String, _ thing: SpokenThing) {
    guard !argument.isEmpty else {
      say(figure.sentence)
      say(figure.rows(SpokenThing.manyRows))
      return
    }
    let numbers = argument.split(separator: " ").map { Double($0.replacing("−", with: "-")) }
    let places = numbers.compactMap(\.self)
    guard figure.heatmap == nil, places.count == numbers.count, places.allSatisfy(\.isFinite) else {
      explain(argument, thing)
      return
    }
    if places.count == 1 || places.count == 2 && places[0] == places[1] {
      say(figure.reading(at: places[0]))
    } else if places.count == 2 {
      say(
        figure.rows(SpokenThing.manyRows, in: min(places[0], places[1])...max(places[0], places[1]))
      )
    } else {
      explain(argument, thing)
    }
  }

  private mutating func step(
    _ stepper: Stepper, _ argument: String, _ thing: SpokenThing, _ reader: inout Reader
  ) {
    let target = thing.target
    let isFirst = startedSteppers.insert(target).inserted
    var sayAll = false
    switch argument {
    case "", "+", "right": if !isFirst { _ = reader.perform(.step(1)) }
    case "-", "−", "left": _ = reader.perform(.step(-1))
    case "f": _ = reader.perform(.flip)
    case "all": sayAll = true
    default:
      guard let number = Int(argument), (1...max(1, stepper.outputCount)).contains(number) else {
        explain(argument, thing)
        return
      }
      let current = reader.state.steppers[target]?.step ?? 0
      _ = reader.perform(.step(number - 1 - current))
    }
    let position = reader.state.steppers[target] ?? StepperPosition()
    let flips = position.flips ?? stepper.flips
    if argument == "f" { say("The kernel is \(flips ? "flipped" : "not flipped").") }
    if sayAll {
      for step in 0..<stepper.outputCount { say(stepper.sentence(step: step, flips: flips)) }
    } else {
      let last = max(0, stepper.outputCount - 1)
      say(stepper.sentence(step: min(position.step, last), flips: flips))
      if position.step >= last { say("This is the last step.") }
    }
    noteSaid(.thing(target), reader)
  }

  // MARK: Sound

  private mutating func play(
    _ tracks: [Track], _ argument: String, _ thing: SpokenThing, _ reader: inout Reader
  ) -> [Action] {
    let isLoaded = reader.state.player?.target == thing.target
    let player = isLoaded ? reader.state.player?.state : nil
    let selected = min(player?.selected ?? 0, tracks.count - 1)
    func name(_ index: Int) -> String { "track \(index + 1), \(tracks[index].label)" }
    switch argument {
    case "":
      if let player, player.isPlaying {
        say("Paused at \(readable(player.position, digits: 3)) seconds.")
      } else {
        say("Playing \(name(selected)).")
      }
      return reader.perform(.playOrPause)
    case "right", "left":
      say("\(argument == "right" ? "Forward" : "Back") by a twentieth.")
      return reader.perform(.seek(argument == "right" ? 1 : -1))
    case "m":
      if tracks.count > 1 {
        say("Loudness is \(player?.isMatchingLoudness == true ? "not matched" : "matched").")
      }
      return reader.perform(.matchLoudness)
    case "l":
      say(player?.isLooping == true ? "It plays once." : "It repeats.")
      return reader.perform(.loop)
    case "+", "-", "−": return reader.perform(.changeVolume(argument == "+" ? 1 : -1))
    case "w": return reader.perform(.writeSound)
    case "x": return startBlindTest(thing.number, &reader)
    default:
      guard let number = Int(argument), number > 0 else {
        explain(argument, thing)
        return []
      }
      let actions = reader.perform(.selectTrack(number - 1))
      guard tracks.indices.contains(number - 1) else { return actions }
      say("Playing \(name(number - 1)).")
      return actions + (player?.isPlaying == true ? [] : [.sound(.play)])
    }
  }

  // MARK: Training

  private mutating func train(
    _ id: TrainerID, _ argument: String, _ thing: SpokenThing, _ reader: inout Reader
  ) -> [Action] {
    let command: TrainerCommand
    switch argument {
    case "": command = .startOrPause
    case "s": command = .oneEpoch
    case "b": command = .oneStage
    case "r": command = .startAgain
    case "f":
      let isRunning = reader.snapshot.trainers[id]?.activity == .running
      say("It trains as fast as it can\(isRunning ? "" : ", once it is started").")
      command = .runFree
    case ",", ".":
      say(argument == "." ? "Faster." : "Slower.")
      command = .changePace(argument == "." ? 1 : -1)
    case "c":
      say(reader.snapshot.trainers[id]?.curveLines ?? [])
      return []
    default:
      explain(argument, thing)
      return []
    }
    trainings.expect(command, of: id)
    return reader.perform(.train(command))
  }

  // MARK: Questions

  private mutating func answer(
    _ argument: String, _ thing: SpokenThing, _ reader: inout Reader
  ) -> [Action] {
    guard case .prediction(let id) = thing.target,
      let index = reader.page.blocks.firstIndex(where: {
        if case .prediction(let prediction) = $0 { prediction.id == id } else { false }
      }), case .prediction(let prediction) = reader.page.blocks[index]
    else { return [] }
    func lines(_ answer: Int?, isSolved: Bool) -> [SpokenLine] {
      SpokenProse(reader, for: reader.page.blocks[index], isCovered: false)
        .lines(of: prediction, answer: answer, isSolved: isSolved)
    }
    let question = SpokenProse(reader, for: reader.page.blocks[index], isCovered: false)
      .lines(of: prediction.question)
    if let answer = reader.state.progress.predictions[id] {
      let choice: Int? = if case .chosen(let choice) = answer { choice } else { nil }
      say(lines(choice, isSolved: true))
      return []
    }
    if argument.isEmpty {
      say(lines(nil, isSolved: false))
      say(thing.usage)
      return []
    }
    let choice = Int(argument)
    guard choice != nil || argument == "s" else {
      explain(argument, thing)
      return []
    }
    guard choice.map({ (1...prediction.answers.count).contains($0) }) ?? true else {
      say("The answers go from 1 to \(prediction.answers.count).")
      return []
    }
    let actions = reader.perform(.answer(choice.map { $0 - 1 }))
    say(Array(lines(choice.map { $0 - 1 }, isSolved: true).dropFirst(question.count)))
    noteSaid(.thing(thing.target), reader)
    return actions
  }

  // MARK: Cells

  private mutating func useCode(
    _ argument: String, _ thing: SpokenThing, _ reader: inout Reader
  ) -> [Action] {
    guard let cell = reader.lesson.cell(thing.target.cell) else { return [] }
    switch argument {
    case "": say(codeLines(cell.isStatic ? "Code to read" : "Cell \(cell.id)", cell.source))
    case "e": return openEditor("\(thing.number)", &reader)
    case "r":
      let actions = reader.restoreFocusedCell()
      noteSaid(.thing(thing.target), reader)
      return actions
    default: explain(argument, thing)
    }
    return []
  }
}
