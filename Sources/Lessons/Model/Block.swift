import CellLanguage
import Messages

/// A block of a page.
package indirect enum Block: Sendable {
  /// `###` and deeper.
  case heading(level: Int, [Inline])
  case paragraph([Inline])
  /// `start` is nil for a bullet list. Items of a task list have a checkbox.
  case list(start: Int?, items: [ListItem])
  case quote([Block])
  /// `> [!NOTE]`, TIP, IMPORTANT, WARNING, CAUTION
  case callout(kind: String, [Block])
  /// `> [!PREDICT]` with answers. Without answers it becomes a call-out and is reported.
  case prediction(Prediction)
  case table(header: [[Inline]], alignments: [Alignment], rows: [[[Inline]]])
  /// A fenced code block that is shown but not run.
  case code(language: String, text: String)
  case cell(LessonCell)
  /// `$$ … $$`, as TeX.
  case mathematics(String)
  case problem(Problem)
}

package struct ListItem: Sendable {
  package var isChecked: Bool?
  package var blocks: [Block]
}

package enum Alignment: Sendable { case left, center, right }

package indirect enum Inline: Sendable {
  case text(String)
  case code(String)
  case emphasis([Inline])
  case strong([Inline])
  case strikethrough([Inline])
  /// `$ … $`, as TeX.
  case mathematics(String)
  case link([Inline], destination: String)
  /// `{python} e`: an inline value. A syntax error is kept and shown in its place.
  case value(InlineValue)
  case lineBreak
  /// A line break in the source, shown as a space.
  case softBreak
}

/// An inline value: runs as a separate cell that defines nothing.
package struct InlineValue: Sendable {
  /// Unique in the lesson.
  package var id: String
  package var source: String
  package var expression: Result<Expression, Diagnostic>
  /// Where the expression starts in the lesson's file.
  package var line: Int
  package var column: Int
}

/// A fenced code block labelled `python`.
package struct LessonCell: Sendable {
  package enum Display: Sendable { case shown, folded, hidden }

  /// The `#id`, or by default the page and cell numbers ("5-2"). Unique in the lesson.
  package var id: String
  /// The page and cell numbers.
  package var position: String
  /// Whether the author gave the id, so that it stays the same in the next version of the lesson.
  package var isNamed: Bool { id != position }
  package var source: String
  package var display: Display
  /// `.static`: shown, not run.
  package var isStatic: Bool
  package var program: Result<Program, SyntaxFaults>
  /// Where the cell's text starts in the lesson's file. The column is greater than 1 inside a quote or
  /// a list.
  package var line: Int
  package var column: Int
}
