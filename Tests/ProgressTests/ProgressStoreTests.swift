import FileFormats
import Glibc
import Progress
import TemporaryState
import Testing

@Suite("Progress store")
struct ProgressStoreTests {
  private let state = StateFolder()

  @Test("Saved progress is restored")
  func roundTrip() {
    let first = state.store()
    #expect(first.saved == nil)
    #expect(first.takeNotice() == nil)
    first.start {}
    first.save(SavedProgress())
    first.save(fullProgress)
    first.finish()
    #expect(first.error == nil)
    let second = state.store()
    #expect(second.saved == fullProgress)
    #expect(second.takeNotice() == nil)
    #expect(state.names(in: state.lesson) == ["lock", "progress"])
    #expect(state.names(in: "\(state.lesson)/progress") == ["progress.json"])
  }

  @Test("Progress is written before the end: a second after a change, or on a flush")
  func withoutEnd() {
    let store = state.store()
    store.start {}
    store.save(fullProgress)
    store.flush()
    #expect(state.names(in: "\(state.lesson)/progress") == ["progress.json"])
    store.finish()
  }

  @Test("A thread that never started loses nothing")
  func noThread() {
    let store = state.store()
    store.save(fullProgress)
    store.finish()
    #expect(state.store().saved == fullProgress)
  }

  // MARK: Two readers

  @Test("The second reader shows the saved progress, says so, and writes nothing")
  func twoReaders() {
    state.save()
    let first = state.store()
    let second = state.store()
    second.start {}
    #expect(second.saved == fullProgress)
    #expect(
      second.takeNotice() == "another reader has this lesson open; what you do here is not saved")
    second.save(SavedProgress())
    #expect(!second.startOver())
    second.finish()
    first.finish()
    #expect(first.closingLine == nil)
    #expect(
      second.closingLine
        == "another reader had this lesson open: what you did in this one was not saved")
    let third = state.store()
    #expect(third.saved == fullProgress)
    #expect(third.takeNotice() == nil)
  }

  @Test("A second reader does not move a damaged file")
  func damagedForTheSecond() {
    state.save()
    let first = state.store()
    state.put("{".utf8, at: state.file)
    let second = state.store(startsFresh: false)
    #expect(second.saved == nil)
    #expect(state.names(in: "\(state.lesson)/progress") == ["progress.json"])
    first.finish()
  }

  @Test("A second reader that starts fresh sees neither progress nor runs")
  func freshForTheSecond() {
    state.save()
    let first = state.store()
    state.put([], at: "\(state.lesson)/progress/a-0.safetensors")
    let second = state.store(startsFresh: true)
    #expect(second.saved == nil && second.takeNotice()?.hasPrefix("another reader") == true)
    // A run that was read would be reported as damaged.
    #expect(second.runs().isEmpty && second.takeNotice() == nil)
    first.finish()
  }

  // MARK: Starting over

  @Test("Starting over keeps a new copy each time")
  func startingOver() {
    state.save()
    for number in 1...2 {
      let store = state.store(startsFresh: true)
      #expect(store.saved == nil)
      #expect(
        store.takeNotice()?.hasPrefix("started over; your previous progress is kept in ") == true)
      store.save(fullProgress)
      store.finish()
      #expect(state.names(in: "\(state.lesson)/progress-\(number)") == ["progress.json"])
    }
    #expect(state.store().saved == fullProgress)
  }

  @Test("Starting over in the reader keeps pending changes")
  func startingOverLater() throws {
    let store = state.store()
    store.start {}
    store.save(fullProgress)
    #expect(store.startOver())
    store.flush()
    let notice = try #require(store.takeNotice())
    #expect(notice.hasSuffix("etude/loops/progress-1"))
    store.finish()
    #expect(state.store().saved == nil)
    #expect(state.names(in: "\(state.lesson)/progress-1") == ["progress.json"])
  }

  @Test("Resetting a page leaves a copy beside the saved progress")
  func keepingACopy() throws {
    let store = state.store()
    store.start {}
    store.save(SavedProgress())
    store.keep(fullProgress)
    store.flush()
    let notice = try #require(store.takeNotice())
    #expect(notice.hasPrefix("your version of the page is kept in "))
    #expect(notice.hasSuffix("etude/loops/progress-1"))
    store.finish()
    #expect(state.store().saved == SavedProgress())
    let copy = try FileBytes.read("\(state.lesson)/progress-1/progress.json")
    #expect(try SavedProgress(json: copy) == fullProgress)
  }

  @Test("Saved progress is not overwritten when the copy fails")
  func noCopy() {
    let store = state.store()
    store.start {}
    store.save(SavedProgress())
    store.flush()
    // Removing the folder simulates a disk that cannot be written.
    rename(state.lesson, "\(state.path)/elsewhere")
    store.keep(fullProgress)
    store.save(fullProgress)
    store.finish()
    #expect(
      store.takeNotice()?.hasPrefix(
        "the saved progress is left as it is, and nothing more is saved: ")
        == true)
    #expect(store.error != nil)
    #expect(state.names(in: "\(state.path)/etude") == [])
  }

  /// A link in the place of the file is read, but not written.
  private func blockWriting() {
    rename(state.file, "\(state.file).kept")
    symlink("\(state.file).kept", state.file)
  }

  private func unblockWriting() { rename("\(state.file).kept", state.file) }

  @Test("Starting over is refused while changes cannot be saved")
  func startingOverOnAFullDisk() throws {
    state.save()
    let store = state.store()
    store.start {}
    blockWriting()
    store.save(SavedProgress())
    #expect(store.startOver())
    store.flush()
    unblockWriting()
    store.save(SavedProgress())
    store.finish()
    #expect(store.takeNotice()?.hasPrefix("progress is not saved: ") == true)
    #expect(store.takeNotice()?.hasPrefix("the saved progress is left as it is") == true)
    #expect(state.store().saved == fullProgress)
    #expect(!state.names(in: state.lesson).contains("progress-1"))
  }

  @Test("Starting over without saved progress leaves no folder")
  func startingOverNothing() {
    let store = state.store(startsFresh: true)
    #expect(store.takeNotice() == "started over")
    store.finish()
    #expect(state.names(in: state.lesson) == ["lock", "progress"])
  }

  // MARK: Damage

  @Test(
    "An unreadable file is kept and reported in one sentence, and the lesson starts fresh",
    arguments: [
      "", "{\"format\": 1,", "{\"format\": 2}", "{\"format\": 3}", "\u{0}\u{0}\u{0}", "garbage",
    ])
  func damaged(text: String) throws {
    state.save()
    state.put(text.utf8, at: state.file)
    let store = state.store()
    #expect(store.saved == nil)
    let notice = try #require(store.takeNotice())
    #expect(notice.hasPrefix("the saved progress cannot be read and is kept as "))
    #expect(notice.contains("/progress.json.damaged-1: it"))
    #expect(store.takeNotice() == nil)
    store.save(fullProgress)
    store.finish()
    #expect(
      state.names(in: "\(state.lesson)/progress") == ["progress.json", "progress.json.damaged-1"])
    #expect(state.store().saved == fullProgress)
  }

  @Test("A folder, a pipe or a huge file in place of the progress")
  func notAFile() throws {
    for number in 1...3 {
      state.save()
      unlink(state.file)
      switch number {
      case 1: mkdir(state.file, 0o700)
      case 2: mkfifo(state.file, 0o600)
      default:
        state.put([0x7B], at: state.file)
        truncate(state.file, 1 << 40)
      }
      let store = state.store()
      #expect(store.saved == nil)
      #expect(
        try #require(store.takeNotice()).contains("/progress.json.damaged-\(number): "))
      store.finish()
    }
  }

  // MARK: Surroundings

  @Test("A missing or read-only home is reported once, and the reader goes on")
  func noFolder() {
    for environment in [[:], ["HOME": ""], ["HOME": "relative"], ["HOME": "/proc/nothing"]] {
      let store = ProgressStore(lesson: "loops", environment: { environment[$0] })
      #expect(store.saved == nil)
      #expect(store.takeNotice()?.hasPrefix("progress is not saved: ") == true)
      #expect(store.takeNotice() == nil)
      store.start {}
      store.save(fullProgress)
      #expect(store.runs().isEmpty)
      store.flush()
      store.finish()
      #expect(store.error != nil)
    }
  }

  @Test(
    "In a read-only folder, saved progress is shown, and nothing more is saved",
    .disabled(if: geteuid() == 0, "root can write everywhere"))
  func readOnly() {
    let first = state.store()
    first.save(fullProgress)
    first.finish()
    chmod("\(state.lesson)/progress", 0o500)
    chmod(state.lesson, 0o500)
    let store = state.store()
    #expect(store.saved == fullProgress)
    store.start {}
    store.save(SavedProgress())
    store.finish()
    #expect(store.takeNotice()?.hasPrefix("progress is not saved: ") == true)
    #expect(state.store().saved == fullProgress)
  }

  @Test("A file in place of the folder")
  func fileForFolder() {
    mkdir("\(state.path)/etude", 0o700)
    state.put("".utf8, at: state.lesson)
    let store = state.store()
    #expect(store.takeNotice()?.hasPrefix("progress is not saved: ") == true)
    store.finish()
    unlink(state.lesson)
  }

  @Test("XDG_STATE_HOME comes first, and counts only when it is absolute")
  func root() throws {
    func root(_ variables: [String: String]) throws -> String {
      try ProgressFolder.root(environment: { variables[$0] })
    }
    #expect(try root(["XDG_STATE_HOME": "/s", "HOME": "/h"]) == "/s/etude")
    #expect(try root(["XDG_STATE_HOME": "s", "HOME": "/h"]) == "/h/.local/state/etude")
    #expect(try root(["HOME": "/h"]) == "/h/.local/state/etude")
  }

  @Test("No id leads out of the folder, and different ids have different folders")
  func ids() {
    let odd = [
      "", ".", "..", "../..", "a/b", "/etc", "a\u{0}b", "a\nb", "-rf", ".hidden", "ü",
      String(repeating: "x", count: 65),
    ]
    let plain = ["convolution", "a-b_c.2", String(repeating: "x", count: 64)]
    let names = (odd + plain).map { id in
      String(ProgressFolder(lesson: id, root: "/root").path.dropFirst("/root/".count))
    }
    #expect(Set(names).count == names.count)
    for name in names {
      #expect((1...64).contains(name.count) && name != "." && name != "..")
      #expect(name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) })
    }
    #expect(Array(names.suffix(plain.count)) == plain)
  }

  @Test("A file that cannot be written is reported once; progress is written when it can be again")
  func unwritableFile() throws {
    state.save()
    let store = state.store()
    store.start {}
    blockWriting()
    for page in 5...6 {
      var progress = fullProgress
      progress.pageIndex = page
      store.save(progress)
      store.flush()
    }
    let notice = try #require(store.takeNotice())
    #expect(notice.hasPrefix("progress is not saved: "))
    #expect(notice.contains("is a symbolic link"))
    #expect(store.takeNotice() == nil)
    #expect(store.error != nil)
    #expect(ProgressStore(lesson: "loops", environment: state.environment).saved == fullProgress)
    unblockWriting()
    store.finish()
    #expect(store.error == nil)
    #expect(state.store().saved?.pageIndex == 6)
  }

  @Test("Temporary files of a killed writer are ignored and removed")
  func drafts() {
    state.save()
    state.put("{\"format\"".utf8, at: "\(state.file).12345.part")
    let store = state.store()
    #expect(store.saved == fullProgress)
    #expect(state.names(in: "\(state.lesson)/progress") == ["progress.json"])
    store.finish()
  }
}
