import FileFormats
import Glibc
import Progress
import TemporaryState
import Testing

@Suite("Progress that cannot be read just now")
struct UnreadableProgressTests {
  private let state = StateFolder()

  /// Names that lead nowhere, as in a folder whose disk is not there: permissions do not bind root.
  enum Fault: CaseIterable {
    case linkToNothing, linkToItself, fileForFolder

    /// Puts the fault in the place of a file or folder, which is moved aside.
    func strike(_ path: String) {
      rename(path, path + ".away")
      switch self {
      case .linkToNothing: symlink("/nowhere/at/all", path)
      case .linkToItself: symlink(path, path)
      case .fileForFolder: StateFolder().put([], at: path)
      }
    }

    func heal(_ path: String) {
      unlink(path)
      rename(path + ".away", path)
    }
  }

  @Test("Progress that cannot be read is not taken for missing", arguments: Fault.allCases)
  func unreadableProgress(fault: Fault) throws {
    // An empty file is damaged, not unreadable.
    let path = fault == .fileForFolder ? "\(state.lesson)/progress" : state.file
    state.save()
    fault.strike(path)
    let store = state.store()
    #expect(store.saved == nil)
    let notice = try #require(store.takeNotice())
    #expect(
      notice.hasPrefix("the saved progress cannot be read, so nothing is saved: ")
        || notice.hasPrefix("progress is not saved: "))
    store.start {}
    store.save(SavedProgress())
    store.flush()
    fault.heal(path)
    store.save(SavedProgress())
    #expect(store.runs().isEmpty)
    store.finish()
    #expect(store.closingLine == notice)
    #expect(state.store().saved == fullProgress, "it is what it was")
  }

  @Test("Nor is it moved by a fresh start")
  func unreadableAtAFreshStart() throws {
    state.save()
    let folder = "\(state.lesson)/progress"
    Fault.linkToItself.strike(folder)
    let store = state.store(startsFresh: true)
    #expect(store.takeNotice() != nil)
    store.save(SavedProgress())
    store.finish()
    Fault.linkToItself.heal(folder)
    #expect(state.store().saved == fullProgress)
  }

  @Test("Starting over is refused when the folder cannot be read", arguments: Fault.allCases)
  func startingOverUnreadably(fault: Fault) throws {
    state.save()
    let store = state.store()
    store.start {}
    let folder = "\(state.lesson)/progress"
    fault.strike(folder)
    #expect(store.startOver())
    store.flush()
    #expect(
      store.takeNotice()?.hasPrefix(
        "the saved progress is left as it is, and nothing more is saved: ") == true)
    fault.heal(folder)
    store.save(SavedProgress())
    store.finish()
    #expect(state.store().saved == fullProgress)
  }

  @Test(
    "Runs that cannot be read stop saving, too", arguments: [Fault.linkToNothing, .linkToItself])
  func unreadableRuns(fault: Fault) throws {
    state.save()
    let run = "\(state.lesson)/progress/a-0.safetensors"
    state.put([1], at: run)
    fault.strike(run)
    let store = state.store()
    #expect(store.saved == fullProgress)
    store.start {}
    #expect(store.runs().isEmpty)
    #expect(store.takeNotice()?.hasPrefix("nothing more is saved, since a saved run ") == true)
    store.save(SavedProgress())
    store.finish()
    #expect(state.store().saved == fullProgress)
  }

  @Test("A folder that comes to the place of the locked one is not written to")
  func lateMount() throws {
    let store = state.store()
    store.start {}
    // What was there all the time, on a disk that is mounted now.
    rename(state.lesson, "\(state.path)/below")
    state.save()
    store.save(SavedProgress())
    store.finish()
    #expect(store.closingLine?.hasSuffix("is not the folder that it was at the start") == true)
    #expect(state.store().saved == fullProgress)
  }

  @Test("A folder that is removed is made again")
  func removedFolder() throws {
    let store = state.store()
    store.start {}
    rename(state.lesson, "\(state.path)/below")
    store.save(fullProgress)
    store.finish()
    #expect(store.closingLine == nil)
    #expect(state.store().saved == fullProgress)
  }

  @Test("An unreadable run is set aside and reported")
  func damagedRun() throws {
    state.save()
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
}
