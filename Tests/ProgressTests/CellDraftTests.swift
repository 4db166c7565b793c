import FileFormats
import Progress
import TemporaryState
import Testing

/// Texts of cells whose editing was cut short.
@Suite("Drafts")
struct CellDraftTests {
  private let state = StateFolder()
  private let draft = CellDraft(
    cell: "a-1", original: "x = 1\n", source: "x = \"\u{1B}\n\u{2028}é")
  private var file: String { "\(state.lesson)/progress/drafts.json" }

  private func save(_ drafts: [CellDraft]) {
    let store = state.store()
    store.save(drafts)
    store.finish()
  }

  private var saved: [CellDraft] {
    let store = state.store()
    return store.savedDrafts
  }

  @Test("Drafts are restored; without any there is no file")
  func roundTrip() {
    save([draft, CellDraft(cell: "b", original: "", source: "")])
    #expect(saved == [draft, CellDraft(cell: "b", original: "", source: "")])
    save([])
    #expect(saved == [])
    #expect(state.names(in: "\(state.lesson)/progress") == [])
  }

  @Test("Drafts are written before the end: a second after a change, or on a flush")
  func withoutEnd() {
    let store = state.store()
    store.start {}
    store.save([draft])
    store.save(SavedProgress())
    store.flush()
    #expect(
      state.names(in: "\(state.lesson)/progress").sorted() == ["drafts.json", "progress.json"])
    store.finish()
  }

  @Test("Starting over moves drafts along with the progress")
  func startingOver() throws {
    let store = state.store()
    store.save([draft])
    #expect(store.startOver())
    store.finish()
    #expect(saved == [])
    #expect(state.names(in: "\(state.lesson)/progress-1") == ["drafts.json"])
  }

  @Test("A second reader does not take over what is being edited in the first")
  func twoReaders() {
    save([draft])
    let first = state.store()
    #expect(saved == [])
    first.finish()
    #expect(saved == [draft])
  }

  @Test(
    "A damaged file is kept aside and reported",
    arguments: ["", "{", "{\"format\": 2}", "{\"format\": 1, \"drafts\": [{\"cell\": 1}]}"])
  func damaged(text: String) throws {
    save([draft])
    state.put(text.utf8, at: file)
    let store = state.store()
    #expect(store.savedDrafts == [])
    let notice = try #require(store.takeNotice())
    #expect(notice.hasPrefix("the text that was being edited cannot be read and is kept as "))
    #expect(notice.contains("drafts.json.damaged-1: "))
    store.finish()
  }
}
