import Lessons
import Terminal

extension ProseText {
  /// How much of a question is shown.
  enum PredictionDisplay: Equatable {
    /// Nothing has been answered.
    case open(isFocused: Bool)
    /// The chosen answer, nil if skipped; other wrong answers are not shown.
    case answered(Int?)
    /// Everything, as in print.
    case solved
  }

  func lines(
    of prediction: Prediction, _ display: PredictionDisplay, width: Int
  ) -> [[Span]] {
    let inside = width - 2
    var result: [[Span]] = []
    let title = [Span("Question", theme.accent)]
    switch display {
    case .open(let isFocused):
      result.append(title)
      result += lines(of: prediction.question, width: inside)
      result += openAnswers(of: prediction, width: inside).flatMap { $0 }
      let keys = prediction.answers.count > 1 ? "1\(dash)\(prediction.answers.count)" : "1"
      let way = isFocused ? "" : "\(glyphs.keyTab), then "
      result.append([Span("\(way)\(keys) to answer, s to skip", theme.dim)])
      let bar = isFocused ? Span(glyphs.focus + " ", theme.focus) : nil
      return bar.map { bar in result.map { [bar] + $0 } } ?? barred(result, theme.accent)
    case .answered(let choice):
      result += lines(of: prediction.question, width: inside)
      for (index, answer) in prediction.answers.enumerated()
      where answer.isRight || index == choice {
        result += markedAnswer(answer, isChosen: index == choice, width: inside)
      }
    case .solved:
      result.append(title)
      result += lines(of: prediction.question, width: inside)
      for answer in prediction.answers {
        result +=
          answer.isRight
          ? markedAnswer(answer, isChosen: false, width: inside)
          : answerLines(answer, glyphs.bullet + " ", theme.dim, width: inside)
      }
    }
    return barred(result + lines(of: prediction.explanation, width: inside), theme.accent)
  }

  private func openAnswers(of prediction: Prediction, width: Int) -> [[[Span]]] {
    prediction.answers.enumerated().map { index, answer in
      answerLines(answer, " \(index + 1) ", theme.strong, width: width)
    }
  }

  /// The lines of each answer of an open question.
  func answerRows(of prediction: Prediction, width: Int) -> [Range<Int>] {
    // Below the title.
    var row = 1 + lines(of: prediction.question, width: width - 2).count
    return openAnswers(of: prediction, width: width - 2).map { answer in
      defer { row += answer.count }
      return row..<row + answer.count
    }
  }

  private var dash: String { charset == .unicode ? "–" : "-" }

  /// With a check mark or cross, and a note if it is the student's.
  private func markedAnswer(
    _ answer: Prediction.Answer, isChosen: Bool, width: Int
  ) -> [[Span]] {
    let mark = answer.isRight ? glyphs.checkMark : glyphs.crossMark
    var result = answerLines(
      answer, mark + " ", answer.isRight ? theme.success : theme.error, width: width)
    if isChosen, let last = result.indices.last {
      result[last].append(Span("  (your answer)", theme.dim))
    }
    return result
  }

  private func answerLines(
    _ answer: Prediction.Answer, _ mark: String, _ style: Style, width: Int
  ) -> [[Span]] {
    let lines = lines(of: answer.blocks, width: width - mark.count - 15)
    return (lines.isEmpty ? [[]] : lines).enumerated().map { row, line in
      [Span(row == 0 ? mark : String(repeating: " ", count: mark.count), style)] + line
    }
  }
}
