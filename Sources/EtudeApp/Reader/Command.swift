import Notebook
import Sounds

/// What a key does. `KeyBindings` maps keys to commands by context; `Reader` performs them.
package enum Command: Hashable, Sendable {
  // MARK: The page

  /// By this many screens; at the end of the page, turns the page.
  case scrollScreen(Int)
  case scrollLine(Int)
  case turnPage(Int)
  /// The top of the page; after digits, the page of that number.
  case goToTop
  case goToEnd
  /// Returns to the place before the last jump.
  case goBack
  /// A digit of the page number for `jump`.
  case digit(Int)
  case jump
  case moveFocus(Int)
  /// Leaves the focus, ends the search, clears a message.
  case leave

  // MARK: What has the focus

  /// Moves a slider by steps or a choice by options; flips a toggle.
  case adjust(Int)
  /// What has the focus gets the whole screen, or gives it back.
  case enlarge
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
  /// Scrolls a table sideways, by columns.
  case scrollColumns(Int)
  case playOrPause
  /// By twentieths of the sound.
  case seek(Int)
  case selectTrack(Int)
  case matchLoudness
  case loop
  /// Louder (1) or softer (−1) by a step.
  case changeVolume(Int)
  case writeSound
  case blindTest(BlindTestCommand)
  case train(TrainerCommand)
  /// Lets the cell measure or save.
  case permit
  /// Goes to what the cell waits for.
  case goToCause
  /// Chooses an answer, from 0; nil skips.
  case answer(Int?)
  case fold
  /// Restores the lesson's text of the cell.
  case restoreCell

  // MARK: Overlays

  case open(OverlayKind)
  case close
  case moveSelection(Int)
  case changeOption(Int)
  case accept
  /// Restarts the whole lesson.
  case startOver
  case deleteBackward

  // MARK: Cells

  case openEditor
  case openExternalEditor
  case edit(EditorCommand)

  // MARK: Everywhere

  /// Describes plots in words, or not.
  case describePictures
  /// Uses the mouse, or leaves it to the terminal.
  case switchMouse
  case nextMatch(Int)
  /// Copies the focused thing, else the first visible cell.
  case copy
  case reload
  case redraw
  case suspend
  case quit
}

/// What a key does before, in and after a blind test.
package enum BlindTestCommand: Hashable, Sendable {
  case start
  case listen(BlindTest.Sound)
  /// What X is taken for.
  case choose(BlindTest.Choice)
  /// The choice is the answer; the next round begins.
  case answer
  case playOrPause
  /// By twentieths of the sound.
  case seek(Int)
  /// Ends it early, or closes its result.
  case end
}

/// What a key does in the cell editor.
package enum EditorCommand: Hashable, Sendable {
  case move(TextBuffer.Movement)
  case breakLine, deleteBackward, deleteForward, deleteToLineEnd
  /// Completes a name; repeated, goes to the next (1) or previous (−1) candidate.
  case complete(Int)
  case undo, redo
  /// Replaces the text by the lesson's.
  case restore
  /// Closes the editor and runs the cell; asks first when the text cannot be read.
  case keep
  case keepAnyway
  case discard
  /// Returns from the question to the text.
  case goOn
  case openExternally
}

/// The overlays that keys open.
package enum OverlayKind: Hashable, Sendable {
  case contents, search, name, devices, options, help, confirmReset
}
