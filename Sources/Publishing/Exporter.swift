import Lessons
import Messages
import Notebook

/// Writes a lesson with its results in some format. Independent of session, focus and terminal: the
/// same lesson and snapshot produce the same bytes.
package protocol Exporter {
  /// - Parameters:
  ///   - snapshot: the results of these pages.
  ///   - pages: from 0, in the order of output.
  func export(_ lesson: Lesson, _ snapshot: Snapshot, pages: [Int]) -> String
}

extension Lesson {
  /// What failed on a page (from 0), as nouns: "cell kernel on page 3".
  ///
  /// - Parameter reasons: whether each cell's is added, for those who do not see the page.
  package func failures(
    onPage index: Int, in snapshot: Snapshot, reasons: Bool = false
  ) -> [String] {
    var failures = pages[index].cells.compactMap { cell -> String? in
      guard case .failed(let diagnostic)? = snapshot.cells[cell.id]?.state else { return nil }
      let cell = "cell \(cell.id) on page \(index + 1)"
      return reasons ? "\(cell) (\(diagnostic.message))" : cell
    }
    let hasFailedValue = pages[index].inlineValues.contains { value in
      switch snapshot.inlineValues[value.id] {
      case .failed, .waiting: true
      case .text, nil: false
      }
    }
    if hasFailedValue { failures.append("a value in the text of page \(index + 1)") }
    return failures
  }
}
