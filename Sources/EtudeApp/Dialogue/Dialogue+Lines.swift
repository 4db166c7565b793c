import Interpreter
import Lessons
import Notebook
import Pages

/// What a line means.
extension Dialogue {
  /// Said first: how to go on.
  mutating func greet(_ reader: Reader) {
    say("\(reader.lesson.title). \(counted(reader.lesson.pages.count, "page")).")
    say(
      "Type a line and press Enter: n for the next page, the number of a thing to use it, a question mark for "
        + "help, q to quit. Where the text names Tab, the word tab goes to the next thing. Any other key comes "
        + "after the number of the thing it is for, as in 3 w; in place of Enter, type the number alone."
    )
  }

  mutating func handle(_ line: String, _ reader: inout Reader) -> [Action] {
    let text = line.trimmed
    reader.notice = nil
    let actions: [Action]
    switch reader.overlay {
    case .editor: actions = edit(line, &reader)
    case .confirmReset: actions = answerReset(text, &reader)
    case .confirmEnd: actions = answerEnd(text, &reader)
    case nil where reader.state.blindTest != nil: actions = takeTest(text, &reader)
    default: actions = obey(text, &reader)
    }
    sayNotice(of: &reader)
    expectChanges()
    return actions
  }

  private mutating func obey(_ text: String, _ reader: inout Reader) -> [Action] {
    guard !text.isEmpty else {
      say(
        "Page \(reader.pageIndex + 1) of \(reader.lesson.pages.count): "
          + reader.page.title.withFullStop + " A question mark tells what you can type.")
      return []
    }
    let number = text.prefix { $0.isASCII && $0.isNumber }
    if let index = Int(number), text.dropFirst(number.count).first?.isLetter != true {
      return use(index, text.dropFirst(number.count).trimmed, &reader)
    }
    let order = DialogueOrder.parse(text)
    // A label may begin with an order's word: "sound 1".
    if let thing = namedThing(text, reader), thing.length > order?.length ?? 0 {
      return use(thing.number, text.dropFirst(thing.length).trimmed, &reader)
    }
    guard let order else {
      say(
        "\(text): I do not know this. "
          + (text.count == 1
            ? "A key comes after the number of the thing it is for, as in 1 \(text). " : "")
          + "A question mark tells what you can type.")
      return []
    }
    return perform(order.order, order.argument, &reader)
  }

  /// The thing whose name a line begins with, in place of its number: the longest such name, and the
  /// first thing that has it.
  private func namedThing(_ text: String, _ reader: Reader) -> (number: Int, length: Int)? {
    var best: (number: Int, length: Int)?
    for (index, target) in numbers.all.enumerated() {
      let thing = SpokenThing(reader: reader, target: target, number: index + 1)
      for name in thing.names.map({ $0.lowercased() })
      where name.count > best?.length ?? 0 && text.lowercased().hasPrefix(name)
        && endsWord(name, before: text.dropFirst(name.count).first)
      {
        best = (index + 1, name.count)
      }
    }
    return best
  }

  /// Whether a name is whole before the next character: "run 1" is not in "run 12".
  private func endsWord(_ name: String, before next: Character?) -> Bool {
    guard let next else { return true }
    return !next.isLetter && !(next.isNumber && name.last?.isNumber == true)
  }

  private mutating func perform(
    _ order: DialogueOrder, _ argument: String, _ reader: inout Reader
  ) -> [Action] {
    switch order {
    case .next: return reader.perform(.turnPage(1))
    case .previous: return reader.perform(.turnPage(-1))
    case .page: return goToPage(argument, &reader)
    case .again:
      readAgain()
      return []
    case .tab: goToNextThing(reader)
    case .things: sayThings(reader)
    case .contents: sayContents(reader)
    case .search: return search(argument, &reader)
    case .back: return reader.perform(.goBack)
    case .edit: return openEditor(argument, &reader)
    case .about: sayAbout(argument, reader)
    case .devices:
      reader.overlay = .devices(nil, selected: 0)
      wantedDevice = argument
      return [.lookUpDevices]
    case .sound: return setSound(argument, &reader)
    case .reset:
      reader.overlay = .confirmReset
      say("Type y to reset this page, L for the whole lesson, n for neither.")
    case .stop: return stop(reader)
    case .wait:
      if reader.isTraining { wait() } else { say("No network is training.") }
    case .quiet:
      isQuiet.toggle()
      say(
        isQuiet
          ? "From now on trainings only say when they end."
          : "Trainings say again how far they are.")
    case .reload: return end(.reload, &reader)
    case .help: sayHelp(argument, reader)
    case .quit: return end(.quit, &reader)
    }
    return []
  }

  // MARK: Going about

  private mutating func goToPage(_ argument: String, _ reader: inout Reader) -> [Action] {
    guard let number = Int(argument), number > 0, number <= reader.lesson.pages.count else {
      say("Type page and a number from 1 to \(reader.lesson.pages.count).")
      return []
    }
    if number - 1 == reader.pageIndex { readAgain() }
    return reader.jump(toPage: number - 1)
  }

  private mutating func sayContents(_ reader: Reader) {
    for (index, page) in reader.lesson.pages.enumerated() {
      let here = index == reader.pageIndex ? "here" : ""
      let tasks = page.tasks
      let done = tasks.count { reader.state.progress.doneTasks.contains($0) }
      let state =
        tasks.isEmpty
        ? "" : done == tasks.count ? "task done" : counted(tasks.count - done, "open task")
      let remarks = [state, here].filter { !$0.isEmpty }.joined(separator: ", ")
      // A title may end with a question mark.
      let end =
        remarks.isEmpty ? "" : page.title.last == "?" ? " " + remarks.asSentence : ", \(remarks)"
      say("\(index + 1). \(page.title)\(end)".withFullStop)
    }
    say("Type page and a number to go there.")
  }

  private mutating func sayThings(_ reader: Reader) {
    // Takes in what has come since the page was read.
    _ = SpokenPage(of: reader, numbers: &numbers)
    let targets = numbers.all
    var isEmpty = true
    for (index, target) in targets.enumerated() {
      if case .prediction(let id) = target, reader.state.progress.predictions[id] != nil {
        continue
      }
      isEmpty = false
      say("\(index + 1). \(SpokenThing(reader: reader, target: target, number: index + 1).name).")
    }
    if isEmpty { say("There is nothing to use on this page.") }
  }

  /// Says the next thing to use, in the order of the reader: what cells show, then the cells.
  private mutating func goToNextThing(_ reader: Reader) {
    // Takes in what has come since the page was read.
    _ = SpokenPage(of: reader, numbers: &numbers)
    let all = numbers.all.filter { target in
      if case .prediction(let id) = target { return reader.state.progress.predictions[id] == nil }
      return target.isCode || reader.snapshot.output(for: target) != nil
    }
    let targets = all.filter { !$0.isCode } + all.filter(\.isCode)
    guard !targets.isEmpty else {
      say("There is nothing to use on this page. n is the next page.")
      return
    }
    let place = current.flatMap(targets.firstIndex).map { $0 + 1 } ?? 0
    if place == targets.count { say("That was the last thing of this page; n is the next page.") }
    let target = targets[place % targets.count]
    current = target
    let number = numbers.number(of: target)
    let thing = SpokenThing(reader: reader, target: target, number: number)
    say("\(number). \(thing.name).")
    say(thing.usage)
  }

  private mutating func search(_ argument: String, _ reader: inout Reader) -> [Action] {
    let start = reader.pageIndex
    let isNext = argument.isEmpty
    if isNext, reader.state.search == nil {
      say("Type a slash and the words to look for.")
      return []
    }
    if !isNext {
      reader.state.search = argument
      reader.searchBlock = nil
    }
    let place = reader.place
    let actions = reader.goToMatch(isNext ? 1 : 0)
    reader.noteJump(from: place)
    sayNotice(of: &reader)
    guard let match = reader.searchBlock else { return actions }
    if match.page != start {
      leaveOutPage(reader)
      say(
        "Page \(match.page + 1): \(reader.page.title)".asSentence
          + " The line again reads it from its start.")
    }
    sayMatch(match.block, reader)
    return actions
  }

  /// What the search has found.
  private mutating func sayMatch(_ index: Int, _ reader: Reader) {
    guard index >= 0 else {
      say("In the title: \(reader.page.title)".withFullStop)
      return
    }
    let block = reader.page.blocks[index]
    let covers = reader.page.covers(reader.state)
    let prose = SpokenProse(reader, for: block, isCovered: covers[index] != nil)
    var lines = prose.lines(of: block)
    // The answers to an open question are not given away.
    if case .prediction(let prediction) = block,
      reader.state.progress.predictions[prediction.id] == nil
    {
      lines = prose.lines(of: prediction, answer: nil, isSolved: false)
    }
    let wanted = reader.state.search?.lowercased() ?? ""
    let found = lines.filter { $0.text.lowercased().contains(wanted) }
    say(found.isEmpty ? Array(lines.prefix(1)) : found)
  }

  // MARK: Help

  private mutating func sayHelp(_ argument: String, _ reader: Reader) {
    if let number = Int(argument) {
      guard let target = numbers.target(number) else {
        sayNoThing(number)
        return
      }
      say(SpokenThing(reader: reader, target: target, number: number).usage)
      return
    }
    if let thing = namedThing(argument, reader), let target = numbers.target(thing.number) {
      say(SpokenThing(reader: reader, target: target, number: thing.number).usage)
      return
    }
    if !argument.isEmpty, let order = DialogueOrder.parse(argument)?.order {
      say(order.help)
      return
    }
    say(
      "A number uses the thing with that number; a question mark and the number tell what can follow it. A "
        + "name does as well: the label of a slider, or player, training, stepper, plot, question.")
    for order in DialogueOrder.allCases { say(order.help) }
  }

  mutating func sayNoThing(_ number: Int) {
    let count = numbers.all.count
    say(
      count == 0
        ? "There is nothing with a number on this page."
        : "There is no thing \(number) here: the numbers go from 1 to \(count). For a page, type page \(number)."
    )
  }

  private mutating func sayAbout(_ argument: String, _ reader: Reader) {
    let vocabulary = reader.reference.vocabulary
    if !argument.isEmpty {
      guard let help = vocabulary.help(on: argument) else {
        say("\(argument): there is no such name.")
        return
      }
      say([.code(help.signature), .sentence(help.summary)])
      return
    }
    var names: [String] = []
    for cell in reader.page.cells {
      for name in dottedNames(in: cell.source) {
        if let help = vocabulary.help(on: name), !names.contains(help.name) {
          names.append(help.name)
        }
      }
    }
    say(
      names.isEmpty
        ? "The cells of this page use no built-in names."
        : "The names on this page: \(names.joined(separator: ", ")). Type i and a name.")
  }

  // MARK: Devices, sound, trainings

  /// The list of devices is there.
  mutating func takeDevices(_ list: DeviceList, _ reader: inout Reader) -> [Action] {
    let wanted = wantedDevice ?? ""
    wantedDevice = nil
    defer {
      reader.overlay = nil
      sayNotice(of: &reader)
    }
    guard !wanted.isEmpty else {
      say(list.spokenLines)
      say("The device is \(reader.device.rawValue). Type d and a name to compute on another.")
      return []
    }
    guard let index = list.computing.firstIndex(where: { $0.kind.rawValue == wanted.lowercased() })
    else {
      let names = list.computing.map(\.kind.rawValue).joined(separator: ", ")
      say("There is no device \(wanted): the devices are \(names).")
      return []
    }
    reader.overlay = .devices(list, selected: index)
    let actions = reader.accept()
    if reader.notice == nil { say("\(reader.device.rawValue) computes.") }
    expectChanges()
    return actions
  }

  private mutating func setSound(_ argument: String, _ reader: inout Reader) -> [Action] {
    guard ["on", "off"].contains(argument) else {
      say("Sound is \(reader.appearance.hasSound ? "on" : "off"). Type sound on or sound off.")
      return []
    }
    let isOn = argument == "on"
    say("Sound is \(argument).")
    guard isOn != reader.appearance.hasSound else { return [] }
    reader.appearance.hasSound = isOn
    return [.sound(.setEnabled(isOn))]
  }

  private mutating func stop(_ reader: Reader) -> [Action] {
    var actions = reader.snapshot.trainers.filter { $0.value.activity == .running }
      .map { Action.session(.train($0.key, .startOrPause)) }
    if reader.state.player?.state?.isPlaying == true {
      actions.append(.sound(.pause))
      say("The sound is paused.")
    } else if actions.isEmpty {
      say("Nothing is training or playing.")
    }
    return actions
  }

  // MARK: Questions before something is lost

  private mutating func answerReset(_ text: String, _ reader: inout Reader) -> [Action] {
    switch text {
    case "y", "yes": return reader.accept()
    case "L": return reader.perform(.startOver)
    default:
      reader.overlay = nil
      say("Nothing is reset.")
      return []
    }
  }

  /// Asks while a network is training.
  private mutating func end(_ command: Command, _ reader: inout Reader) -> [Action] {
    let actions = reader.perform(command)
    if case .confirmEnd(let end) = reader.overlay {
      let act = end == .quit ? "quit" : "reload the lesson"
      say("A network is still training. Type y to \(act) all the same, n to let it train.")
    }
    return actions
  }

  private mutating func answerEnd(_ text: String, _ reader: inout Reader) -> [Action] {
    if ["y", "yes"].contains(text) { return reader.accept() }
    reader.overlay = nil
    say("The training goes on.")
    return []
  }
}

extension DeviceList {
  fileprivate var spokenLines: [SpokenLine] {
    let devices = computing.flatMap { [$0.title, $0.remark, $0.reason] }.compactMap(\.self)
    return [.sentence("Computing:")] + devices.map { .sentence($0.inWords.withFullStop) }
      + [.sentence("Sound:")]
      + sound.indices.map { index in
        // An indented line is a command, said as it is typed.
        if sound[index].first == " " { return .code(sound[index].trimmed) }
        let isForCommand = sound.indices.contains(index + 1) && sound[index + 1].first == " "
        let sentence = sound[index].asSentence
        guard isForCommand, sentence.last != ":" else { return .sentence(sentence) }
        return .sentence(sentence.withoutFullStop + ":")
      }
  }
}
