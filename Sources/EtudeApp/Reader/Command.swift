import Notebook

/// What a key asks for. `KeyBindings` says which key means which command where; `Reader` performs it.
package enum Command: Hashable, Sendable {
  // MARK: The page

  /// By so many screens; at the end of the page it turns the page.
  case scrollScreen(Int)
  case scrollLine(Int)
  case turnPage(Int)
  /// The top of the page; from there the first page.
  case goToTop
  /// The end of the page; from there the last page.
  case goToEnd
  /// A digit of the page number that `jump` goes to.
  case digit(Int)
  case jump
  case moveFocus(Int)
  /// Leaves the focus, ends the search, clears a message.
  case leave

  // MARK: What has the focus

  /// By so many steps of the slider or options of the choice; flips a toggle.
  case adjust(Int)
  case typeValue
  case resetWidget
  case pan(Int)
  case zoom(Int)
  case zoomAll
  case plotCursor
  case moveCursor(Int)
  case step(Int)
  case animate
  case flip
  case playOrPause
  /// By so many twentieths of the sound.
  case seek(Int)
  case selectTrack(Int)
  case matchLoudness
  case loop
  case writeSound
  case train(TrainerCommand)
  /// Lets the cell measure or save.
  case permit
  /// Chooses an answer, from 0; nil goes without.
  case answer(Int?)
  case fold
  /// Gives the cell the lesson's text again.
  case restoreCell

  // MARK: Overlays

  case open(OverlayKind)
  case close
  case moveSelection(Int)
  case changeOption(Int)
  case accept
  /// The whole lesson anew.
  case startOver
  case deleteBackward

  // MARK: Cells

  case openEditor
  case edit(EditorCommand)

  // MARK: Everywhere

  case nextMatch(Int)
  case reload
  case redraw
  case suspend
  case quit
}

/// What a key does to the text of a cell that is being rewritten.
package enum EditorCommand: Hashable, Sendable {
  case move(TextBuffer.Movement)
  case breakLine, deleteBackward, deleteForward, deleteToLineEnd
  case complete
  /// The lesson's text in place of what is written.
  case restore
  /// Closes the editor and runs the cell.
  case keep
  case discard
}

/// The overlays that a key opens.
package enum OverlayKind: Hashable, Sendable {
  case contents, search, name, devices, options, help, confirmReset
}
