extension LessonReader {
  /// What stands in the text for a reference to a footnote: its number on this page.
  mutating func footnoteMark(of reference: MarkdownNode) -> String {
    // The parser numbers footnotes through the lesson.
    guard let number = Int(reference.literal), allFootnotes.indices.contains(number - 1) else {
      return "[^\(reference.literal)]"
    }
    let footnote = allFootnotes[number - 1]
    if let index = footnotes.firstIndex(of: footnote) { return "[\(index + 1)]" }
    footnotes.append(footnote)
    return "[\(footnotes.count)]"
  }

  /// The footnotes of the current page, at its end. They may refer to others.
  mutating func takeFootnotes() -> [Block] {
    var items: [ListItem] = []
    while items.count < footnotes.count {
      let footnote = footnotes[items.count]
      var blocks: [Block] = []
      for child in footnote.children { blocks += self.blocks(of: child, depth: 2) }
      items.append(ListItem(isChecked: nil, blocks: blocks))
    }
    footnotes = []
    return items.isEmpty
      ? [] : [.heading(level: 3, [.text("Notes")]), .list(start: 1, items: items)]
  }
}
