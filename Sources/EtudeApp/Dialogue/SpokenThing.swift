import Glibc
import Interpreter
import Messages
import Notebook
import Pages
import Sounds

/// What can be used on a page, in words: what it is, and how it is now.
struct SpokenThing {
  let reader: Reader
  let target: FocusTarget
  let number: Int

  /// The rows of a plot's table when the page is read, and when the plot is asked for.
  static let fewRows = 5
  static let manyRows = 12
  /// The rows of a table when the page is read.
  static let tableRows = 20

  func part(_ output: FocusableOutput, revision: Int) -> SpokenPart {
    var part = SpokenPart(key: .thing(target), lines: lines(output))
    part.revision = revision
    switch output {
    case .widget:
      if let widget = reader.widget(target) {
        part.change = .instead([.sentence(widget.valueSentence)])
      }
    case .figure(let figure):
      part.change = .instead([.sentence("\(number). \(figure.sentence)")])
    case .player(let tracks):
      part.tracks = tracks
      part.change = .instead([.sentence("\(number). The player has new sounds.")])
    case .stepper: part.change = .instead([.sentence("\(number). The stepper has new numbers.")])
    case .table: break
    // What a training does is said by itself.
    case .trainer, .permission: part.change = .silent
    }
    return part
  }

  func lines(_ output: FocusableOutput) -> [SpokenLine] {
    switch output {
    case .widget:
      return reader.widget(target).map { [.sentence("\(number). \($0.description)")] } ?? []
    case .figure(let figure):
      return [.sentence("\(number). \(figure.sentence)")] + figure.rows(Self.fewRows)
    case .stepper(let stepper):
      let position = reader.state.steppers[target]
      return [.sentence("\(number). \(stepper.description(flips: position?.flips))")]
    case .table(let headers, let rows):
      return numbered(tableLines(headers: headers, rows: rows, limit: Self.tableRows))
    case .player(let tracks):
      let names = tracks.enumerated().map { index, track in
        let length = withUnit(readable(track.duration, digits: 3), "seconds")
        return (tracks.count > 1 ? "track \(index + 1), " : "") + "\(track.label), \(length)"
      }
      return [.sentence("\(number). Player: \(names.joined(separator: "; ")).")]
    case .trainer(let id):
      guard let trainer = reader.snapshot.trainers[id] else { return [] }
      return [.sentence("\(number). \(trainer.description(of: id, in: reader))")]
    case .permission(let permission, let isGranted):
      return [.sentence("\(number). \(permission.sentence(number, isGranted: isGranted))")]
    }
  }

  private func numbered(_ lines: [SpokenLine]) -> [SpokenLine] {
    guard case .sentence(let first)? = lines.first else { return lines }
    return [.sentence("\(number). \(first)")] + lines.dropFirst()
  }

  /// How to use it.
  var usage: String {
    let n = number
    return switch reader.context(of: target) {
    case .slider:
      "Type \(n) and a value to set it, as in \(n) \(exampleValue); \(n) + or \(n) - moves it by a step, "
        + "and \(n) r resets it."
    case .choice: "Type \(n) and the number of an option, as in \(n) 2; \(n) r resets it."
    case .toggle: "Type \(n) to switch it; \(n) r resets it."
    case .plot, .plotCursor:
      "Type \(n) for a longer table, \(n) and a place for the values there, and \(n) with two places for the "
        + "part between them."
    case .stepper:
      "Type \(n) for the next step, \(n) - for the one before, \(n) f to flip the kernel or not, and \(n) all "
        + "for all steps."
    case .table: "Type \(n) for all of its rows."
    case .player:
      "Type \(n) to play or pause; "
        + (trackCount > 1 ? "\(n) 2 plays track 2; " : "") + "\(n) right and \(n) left seek; "
        + (trackCount > 1
          ? "\(n) m matches the loudness; \(n) x is a blind test of two sounds; " : "")
        + "\(n) l repeats; \(n) + and \(n) - change the volume; \(n) w writes a WAV file."
    case .trainer:
      "Type \(n) to train, pause or resume; \(n) s for one epoch, \(n) b for one stage of a batch, \(n) r to "
        + "start again, \(n) f for full speed, \(n) , and \(n) . for the pace; \(n) c reads the curve. "
        + "The line wait waits until the training is done."
    case .permission: "Type \(n), and the cell does it."
    case .prediction: "Type \(n) and the number of your answer, as in \(n) 1; or \(n) s to skip it."
    case .code where reader.lesson.cell(target.cell)?.isStatic == true: "Type \(n) to hear it."
    case .code: "Type \(n) to hear it, \(n) e to edit it, and \(n) r for the lesson's text."
    default: "It cannot be used just now."
    }
  }

  private var trackCount: Int {
    if case .player(let tracks)? = reader.snapshot.output(for: target) { tracks.count } else { 0 }
  }

  private var exampleValue: String {
    guard let widget = reader.widget(target) else { return "" }
    return widget.stopText.replacing("−", with: "-")
  }

  /// What can stand in a line for its number: a label, or its kind, alone or with its cell's id. None for
  /// what has no such name.
  var names: [String] {
    func names(_ kind: String) -> [String] { [kind, "\(kind) \(target.cell)"] }
    if case .prediction(let id) = target {
      return reader.state.progress.predictions[id] == nil ? names("question") : []
    }
    return switch reader.snapshot.output(for: target) {
    case .widget(let widget): [widget.label]
    case .figure: names("plot")
    case .stepper: names("stepper")
    case .player: names("player")
    case .trainer(let id): names("training") + ["run \(id.call + 1)"]
    case .permission: names("measure")
    case .table, nil: []
    }
  }

  /// What it is called in a list.
  var name: String {
    switch target {
    case .prediction: return "question"
    case .code(let cell):
      return reader.lesson.cell(cell)?.isStatic == true ? "code to read" : "cell \(cell)"
    case .table: return "table"
    default: break
    }
    switch reader.snapshot.output(for: target) {
    case .widget: return reader.widget(target)?.valueSentence.withoutFullStop ?? ""
    case .figure(let figure): return "plot " + (figure.title ?? figure.kindName)
    case .stepper: return "stepper"
    case .table: return "table"
    case .player(let tracks): return "player of " + tracks.map(\.label).joined(separator: ", ")
    case .trainer(let id):
      return reader.snapshot.trainers[id]?.runName(id).lowercased() ?? "training"
    case .permission(let permission, _): return permission.noun
    case nil: return "not there just now"
    }
  }
}

extension String {
  var withoutFullStop: String { last == "." ? String(dropLast()) : self }
}

extension Widget {
  /// "Slider length M: 11. From 3 to 1023, in steps of 2."
  fileprivate var description: String {
    switch kind {
    case .slider: "Slider \(label): \(valueText). From \(rangeText.inWords)."
    case .choice(let options, let selected, _):
      "Choice \(label): \(options.indices.contains(selected) ? options[selected] : "none"). Options: "
        + options.enumerated().map { "\($0 + 1), \($1)" }.joined(separator: "; ") + "."
    case .toggle(let isOn, _): "Switch \(label): \(isOn ? "on" : "off")."
    }
  }

  /// "Length M: 11."
  var valueSentence: String {
    switch kind {
    case .slider: "\(label): \(valueText)."
    case .choice(let options, let selected, _):
      "\(label): \(options.indices.contains(selected) ? options[selected] : "none")."
    case .toggle(let isOn, _): "\(label): \(isOn ? "on" : "off")."
    }
  }
}

extension Permission {
  fileprivate func sentence(_ number: Int, isGranted: Bool) -> String {
    let again = isGranted ? " again" : ""
    return switch self {
    case .measure: "This cell measures\(again) when you type \(number)."
    case .save(let file): "This cell saves \(file)\(again) when you type \(number)."
    case .rerun: "The program ended while this cell ran. It runs again when you type \(number)."
    }
  }

  fileprivate var noun: String {
    switch self {
    case .measure: "measurement"
    case .save(let file): "saving \(file)"
    case .rerun: "cell that ended the program"
    }
  }
}

extension Stepper {
  fileprivate func description(flips: Bool?) -> String {
    func values(_ numbers: [Double]) -> String {
      numbers.map { readable($0, digits: 3) }.joined(separator: ", ")
    }
    return "Stepper. Signal x: \(values(signal)). Kernel h: \(values(kernel)). The kernel is "
      + (flips ?? self.flips
        ? "flipped: this is convolution." : "not flipped: this is correlation.")
  }

  /// "Step 3 of 10: 0.25 times 1, plus 0.5 times 0, plus 1 times 2, makes 2.25."
  func sentence(step n: Int, flips: Bool) -> String {
    let count = kernel.count
    let products = (0..<count).compactMap { place -> String? in
      let index = n - count + 1 + place
      guard signal.indices.contains(index) else { return nil }
      let weight = flips ? kernel[count - 1 - place] : kernel[place]
      return "\(readable(signal[index], digits: 3)) times \(readable(weight, digits: 3))"
    }
    let view = StepperView(self, step: n)
    let sum = readable(view.output(at: n, flips: flips), digits: 3)
    let other = readable(view.output(at: n, flips: !flips), digits: 3)
    return
      "Step \(n + 1) of \(outputCount), y[\(n)]: \(products.joined(separator: ", plus ")), makes \(sum). "
      + "\(flips ? "Without" : "With") the flip it would be \(other)."
  }
}
