extension ReaderLoop {
  /// Opens the text of a cell in the student's own editor and takes over what it has become.
  func editExternally(_ cell: String, _ source: String) {
    guard let editor = configuration.externalEditor else {
      reader.say(
        "set VISUAL or EDITOR to the command of your editor, as in: export EDITOR=nano; "
          + "here e edits a cell")
      return
    }
    player.pause()
    prepareToStop()
    do throws(ExternalEditor.Failure) {
      let edited = try editor.edit(source, ofCell: cell) { display.run($0) }
      if edited == source {
        reader.say("the text is unchanged")
      } else {
        perform(reader.takeEdited(cell: cell, source: edited))
      }
    } catch {
      reader.say(error.reason)
    }
  }
}
