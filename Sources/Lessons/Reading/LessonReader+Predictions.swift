extension LessonReader {
  /// Answers are chosen by the digits 1 to 9.
  private static let maximumAnswerCount = 9

  /// A question, a task list of answers, and an explanation in `<details>`. One that cannot be
  /// answered is reported and becomes a call-out, which hides no outputs.
  ///
  /// - Parameters:
  ///   - mark: the quote's first paragraph, which begins with `[!PREDICT]`.
  ///   - name: its explicit id.
  mutating func prediction(
    _ node: MarkdownNode, beginning mark: MarkdownNode, named name: String?, depth: Int
  ) -> [Block] {
    var question = Self.paragraphs(from: Array(pieces(of: mark).dropFirst()))
    var list: Block?
    var answers: [Prediction.Answer] = []
    var explanation: [Block] = []
    var isExplaining = false
    for child in node.children.dropFirst() {
      if child.kind == .html, let details = DetailsTag(formulas.restored(child.literal)) {
        isExplaining = details.isOpenAfter ?? isExplaining
        if !details.text.isEmpty { explanation.append(.paragraph([.text(details.text)])) }
        continue
      }
      let blocks = blocks(of: child, depth: depth + 1)
      if isExplaining {
        explanation += blocks
      } else if list == nil, let found = Self.answers(in: blocks) {
        question += blocks.dropLast()
        list = blocks.last
        answers = found
      } else {
        question += blocks
      }
    }
    guard let error = Self.error(of: answers) else {
      predictionCount += 1
      let position = "\(pageNumber)-prediction-\(predictionCount)"
      return [
        .prediction(
          Prediction(
            id: name ?? position, position: position, line: node.line, question: question,
            answers: answers, explanation: explanation))
      ]
    }
    report(
      line: node.line, column: source.indentation(ofLine: node.line), error.message, error.hint)
    return [.callout(kind: "PREDICT", question + [list].compactMap(\.self) + explanation)]
  }

  /// The items of a task list, which is the last block; problems may precede it.
  private static func answers(in blocks: [Block]) -> [Prediction.Answer]? {
    guard case .list(_, let items)? = blocks.last else { return nil }
    let answers = items.compactMap { item in
      item.isChecked.map { Prediction.Answer(isRight: $0, blocks: item.blocks) }
    }
    return answers.count == items.count ? answers : nil
  }

  private static func error(
    of answers: [Prediction.Answer]
  ) -> (message: String, hint: String)? {
    if answers.isEmpty {
      return (
        "this prediction has no answers",
        "write them as a task list: '- [x] …' for the right one, '- [ ] …' for the others"
      )
    }
    if !answers.contains(where: \.isRight) {
      return ("no answer of this prediction is right", "mark the right one with '[x]'")
    }
    if answers.count > maximumAnswerCount {
      return (
        "this prediction has \(answers.count) answers, but only \(maximumAnswerCount) can be chosen by digit",
        "remove some"
      )
    }
    return nil
  }
}

/// An HTML block that opens or closes `<details>`.
private struct DetailsTag {
  /// Whether the following blocks belong to `<details>`; nil if this block does not change that.
  var isOpenAfter: Bool?
  /// The text without tags and without the `<summary>`, which the reader replaces by a key hint.
  var text: String

  init?(_ html: String) {
    let lowercased = html.lowercased()
    let opens = lowercased.contains("<details")
    let closes = lowercased.contains("</details")
    guard opens || closes || lowercased.contains("<summary") else { return nil }
    isOpenAfter = closes ? false : opens ? true : nil
    var text = ""
    var rest = html[...]
    while let start = rest.firstIndex(of: "<") {
      text += rest[..<start]
      let isSummary = rest[start...].lowercased().hasPrefix("<summary")
      let after = isSummary ? rest.firstRange(of: "</summary>")?.upperBound : nil
      guard let end = after ?? rest[start...].firstIndex(of: ">").map(rest.index(after:)) else {
        break
      }
      rest = rest[end...]
    }
    self.text = (text + rest).split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
