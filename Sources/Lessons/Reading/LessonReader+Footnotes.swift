extension LessonReader {
  /// What stands in the text for a reference to a footnote: its number on this page.
  mutating func footnoteMark(of reference: MarkdownNode) -> String {
    // The parser numbers footnotes through the lesson.
    guard let number = Int(reference.literal), allFootnotes.indices.contains(number - 1) else {
      return "[^\(reference.literal)]"
    }
    if let mark = footnoteMarks[number] { return "[\(mark)]" }
    footnotes.append(allFootnotes[number - 1])
    footnoteMarks[number] = footnotes.count
    return "[\(footnotes.count)]"
  }

  /// The footnotes of the current page, at its end. They may refer to others.
  mutating func takeFootnotes() -> [Block] {
    var items: [ListItem] = []
    while items.count < footnotes.count {
      let footnote = footnotes[items.count]
      var blocks: [Block] = []
      // Pages may repeat the same note.
      footnoteBytes += footnote.textOfLeaves.utf8.count
      guard footnoteBytes <= SourceLimits.pageBytes else {
        report(
          line: footnote.line, column: 1,
          "the footnotes on all pages are longer than \(SourceLimits.pageBytes / 1000) kB; the rest of "
            + "them is left out", "shorten them")
        break
      }
      for child in footnote.children { blocks += self.blocks(of: child, depth: 2) }
      items.append(ListItem(isChecked: nil, blocks: blocks))
    }
    footnotes = []
    footnoteMarks = [:]
    return items.isEmpty
      ? [] : [.heading(level: 3, [.text("Notes")]), .list(start: 1, items: items)]
  }
}
