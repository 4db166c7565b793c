import Lessons
import Terminal

extension ProseText {
  /// A task, with the results of its checks below its text.
  ///
  /// - Parameters:
  ///   - isDone: whether it was done once: moving a slider on does not undo it.
  ///   - checks: empty until their cells have run.
  func lines(
    ofTask blocks: [Block], isDone: Bool, checks: [(isPassed: Bool, hint: String)], width: Int
  ) -> [[Span]] {
    let style = isDone ? theme.success : theme.accent
    var result = [[Span("Task", style)]] + lines(of: blocks, width: width - 2)
    let failed = checks.first { !$0.isPassed }
    if isDone {
      result += verdict(isPassed: true, hint: "", width: width - 2)
    } else if let check = failed ?? checks.first {
      result += verdict(isPassed: check.isPassed, hint: check.hint, width: width - 2)
    }
    return barred(result, style)
  }

  /// The result of a check: done, or a hint.
  func verdict(isPassed: Bool, hint: String, width: Int) -> [[Span]] {
    isPassed
      ? [[Span("\(glyphs.checkMark) done", theme.success)]]
      : wrap(
        "\(glyphs.openMark) not yet: \(hint)", style: theme.dim, width: width, hangingIndent: 2,
        charset: charset)
  }
}
