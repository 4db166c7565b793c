import Lessons
import Terminal

extension ProseText {
  /// A task, and what its checks say below its text.
  ///
  /// - Parameters:
  ///   - isDone: whether it was done once: a slider moved on takes nothing back.
  ///   - checks: none as long as their cells have not run.
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

  /// What a check says: done, or what helps.
  func verdict(isPassed: Bool, hint: String, width: Int) -> [[Span]] {
    isPassed
      ? [[Span("\(glyphs.checkMark) done", theme.success)]]
      : wrap(
        "\(glyphs.openMark) not yet: \(hint)", style: theme.dim, width: width, hangingIndent: 2,
        charset: charset)
  }
}
