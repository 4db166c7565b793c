import FileFormats
import Glibc
import Progress
import TemporaryState
import Testing

@Suite("Progress on the disk")
struct ProgressStoreTests {
  private let state = StateFolder()

  /// Saves and lets go of the lesson.
  private func save(_ progress: Progress = fullProgress) {
    let store = state.store()
    store.start {}
    store.save(progress)
    store.finish()
  }

  @Test("What is saved is there the next time")
  func roundTrip() {
    let first = state.store()
    #expect(first.saved == nil)
    #expect(first.takeNotice() == nil)
    first.start {}
    first.save(Progress())
    first.save(fullProgress)
    first.finish()
    #expect(first.complaint == nil)
    let second = state.store()
    #expect(second.saved == fullProgress)
    #expect(second.takeNotice() == nil)
    #expect(state.names(in: state.lesson) == ["lock", "progress"])
    #expect(state.names(in: "\(state.lesson)/progress") == ["progress.json"])
  }

  @Test("It is written without an end, too: a second after the change, or when asked for")
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

  @Test("The second reader sees what was saved, says so, and writes nothing")
  func twoReaders() {
    save()
    let first = state.store()
    let second = state.store()
    second.start {}
    #expect(second.saved == fullProgress)
    #expect(
      second.takeNotice() == "another reader has this lesson open; what you do here is not saved")
    second.save(Progress())
    #expect(!second.startOver())
    second.finish()
    first.finish()
    let third = state.store()
    #expect(third.saved == fullProgress)
    #expect(third.takeNotice() == nil)
  }

  @Test("A second reader leaves even a damaged file where it is")
  func damagedForTheSecond() {
    save()
    let first = state.store()
    state.put("{".utf8, at: state.file)
    let second = state.store(startsFresh: false)
    #expect(second.saved == nil)
    #expect(state.names(in: "\(state.lesson)/progress") == ["progress.json"])
    first.finish()
  }

  @Test("A second reader that starts fresh sees neither progress nor runs")
  func freshForTheSecond() {
    save()
    let first = state.store()
    state.put([], at: "\(state.lesson)/progress/a-0.safetensors")
    let second = state.store(startsFresh: true)
    #expect(second.saved == nil && second.takeNotice()?.hasPrefix("another reader") == true)
    // A run that was looked at would be found damaged.
    #expect(second.runs().isEmpty && second.takeNotice() == nil)
    first.finish()
  }

  // MARK: Starting over

  @Test("Starting over keeps a copy, every time another one")
  func startingOver() {
    save()
    for number in 1...2 {
      let store = state.store(startsFresh: true)
      #expect(store.saved == nil)
      #expect(
        store.takeNotice()?.hasPrefix("started over; what you had done is kept in ") == true)
      store.save(fullProgress)
      store.finish()
      #expect(state.names(in: "\(state.lesson)/progress-\(number)") == ["progress.json"])
    }
    #expect(state.store().saved == fullProgress)
  }

  @Test("Starting over in the reader keeps what was still to be written")
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

  @Test("A page that goes back leaves a copy beside what is saved")
  func keepingACopy() throws {
    let store = state.store()
    store.start {}
    store.save(Progress())
    store.keep(fullProgress)
    store.flush()
    let notice = try #require(store.takeNotice())
    #expect(notice.hasPrefix("the page as you had it is kept in "))
    #expect(notice.hasSuffix("etude/loops/progress-1"))
    store.finish()
    #expect(state.store().saved == Progress())
    let copy = try FileBytes.read("\(state.lesson)/progress-1/progress.json")
    #expect(try Progress(json: copy) == fullProgress)
  }

  @Test("Without a copy nothing is written over what was saved")
  func noCopy() {
    let store = state.store()
    store.start {}
    store.save(Progress())
    store.flush()
    // Nobody else would take the folder away: it stands for a disk that takes no more.
    rename(state.lesson, "\(state.path)/elsewhere")
    store.keep(fullProgress)
    store.save(fullProgress)
    store.finish()
    #expect(
      store.takeNotice()?.hasPrefix("what was saved stays as it is, and nothing more is saved: ")
        == true)
    #expect(store.complaint != nil)
    #expect(state.names(in: "\(state.path)/etude") == [])
  }

  @Test("Nobody starts over what could not be saved")
  func startingOverOnAFullDisk() throws {
    save()
    let store = state.store()
    store.start {}
    let draft = "\(state.file).\(getpid()).part"
    symlink("/dev/full", draft)
    store.save(Progress())
    #expect(store.startOver())
    store.flush()
    unlink(draft)
    store.save(Progress())
    store.finish()
    #expect(store.takeNotice()?.hasPrefix("progress is not saved: ") == true)
    #expect(store.takeNotice()?.hasPrefix("what was saved stays as it is") == true)
    #expect(state.store().saved == fullProgress)
    #expect(!state.names(in: state.lesson).contains("progress-1"))
  }

  @Test("Starting over where nothing was saved leaves no folder")
  func startingOverNothing() {
    let store = state.store(startsFresh: true)
    #expect(store.takeNotice() == "started over")
    store.finish()
    #expect(state.names(in: state.lesson) == ["lock", "progress"])
  }

  // MARK: Damage

  @Test(
    "A file that cannot be read is kept, told in one sentence, and the lesson starts fresh",
    arguments: ["", "{\"format\": 1,", "{\"format\": 2}", "\u{0}\u{0}\u{0}", "garbage"])
  func damaged(text: String) throws {
    save()
    state.put(text.utf8, at: state.file)
    let store = state.store()
    #expect(store.saved == nil)
    let notice = try #require(store.takeNotice())
    #expect(notice.hasPrefix("what was saved cannot be read and is kept as "))
    #expect(notice.contains("/progress.json.damaged-1: it is"))
    #expect(store.takeNotice() == nil)
    store.save(fullProgress)
    store.finish()
    #expect(
      state.names(in: "\(state.lesson)/progress") == ["progress.json", "progress.json.damaged-1"])
    #expect(state.store().saved == fullProgress)
  }

  @Test("A folder, a pipe, a link to nowhere or a huge file in its place")
  func notAFile() throws {
    for number in 1...4 {
      save()
      unlink(state.file)
      switch number {
      case 1: mkdir(state.file, 0o700)
      case 2: mkfifo(state.file, 0o600)
      case 3: symlink("/nowhere/at/all", state.file)
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

  @Test("A run that cannot be read is kept aside, and told")
  func damagedRun() throws {
    save()
    for (name, bytes) in [("a-0", [UInt8]()), ("b-0", Array(repeating: 0xFF, count: 100))] {
      state.put(bytes, at: "\(state.lesson)/progress/\(name).safetensors")
    }
    mkdir("\(state.lesson)/progress/c-0.safetensors", 0o700)
    let store = state.store()
    #expect(store.saved == fullProgress)
    #expect(store.runs().isEmpty)
    for name in ["a", "b", "c"] {
      let notice = try #require(store.takeNotice())
      #expect(notice.hasPrefix("a saved run cannot be read and is kept as "))
      #expect(notice.contains("\(name)-0.safetensors.damaged-1: "))
    }
    #expect(store.runs().isEmpty && store.takeNotice() == nil)
    store.finish()
  }

  // MARK: Surroundings

  @Test("Without a home, or one that cannot be written, the reader says so once and goes on")
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
      #expect(store.complaint != nil)
    }
  }

  @Test(
    "In a folder that may only be read, what is saved is shown, and no more is saved",
    .disabled(if: geteuid() == 0, "root may write everywhere"))
  func readOnly() {
    let first = state.store()
    first.save(fullProgress)
    first.finish()
    chmod("\(state.lesson)/progress", 0o500)
    chmod(state.lesson, 0o500)
    let store = state.store()
    #expect(store.saved == fullProgress)
    store.start {}
    store.save(Progress())
    store.finish()
    #expect(store.takeNotice()?.hasPrefix("progress is not saved: ") == true)
    #expect(state.store().saved == fullProgress)
  }

  @Test("A file in the place of the folder")
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

  @Test("A full disk is told once; what is there stays, and is written when there is room again")
  func fullDisk() throws {
    save()
    let store = state.store()
    store.start {}
    // Whoever writes here hears that no space is left.
    let draft = "\(state.file).\(getpid()).part"
    for page in 5...6 {
      symlink("/dev/full", draft)
      var progress = fullProgress
      progress.page = page
      store.save(progress)
      store.flush()
    }
    let notice = try #require(store.takeNotice())
    #expect(notice.hasPrefix("progress is not saved: "))
    #expect(notice.contains("No space left on device"))
    #expect(store.takeNotice() == nil)
    #expect(store.complaint != nil)
    #expect(ProgressStore(lesson: "loops", environment: state.environment).saved == fullProgress)
    unlink(draft)
    store.finish()
    #expect(store.complaint == nil)
    #expect(state.store().saved?.page == 6)
  }

  @Test("What a writer left that was killed is no state, and goes")
  func drafts() {
    save()
    state.put("{\"format\"".utf8, at: "\(state.file).12345.part")
    let store = state.store()
    #expect(store.saved == fullProgress)
    #expect(state.names(in: "\(state.lesson)/progress") == ["progress.json"])
    store.finish()
  }
}
