import Builtins
import EtudeApp
import Interpreter
import Lessons
import Notebook
import Terminal
import Testing

/// Measuring and saving on the page.
@Suite("Permissions")
struct PermissionTests {
  private var reader = Reader(
    lesson: Lesson(
      parsing: """
        ---
        title: Times
        id: times
        ---
        # Times
        ## How long
        ```python {#time}
        seconds = timeit(np.ones, 3)
        ```

        ```python {#after}
        seconds
        ```
        """, file: "lesson.md", folder: "/"), width: 80, height: 24,
    appearance: Appearance(background: .dark, colors: 0, hasUnicode: true),
    reference: Reader.Reference(
      devices: { DeviceList(computing: [], sound: []) }, vocabulary: .standard))

  private func snapshot(
    _ permission: Permission, isGranted: Bool, revision: Int, isBusy: Bool = false
  ) -> Snapshot {
    var snapshot = Snapshot()
    snapshot.revision = revision
    snapshot.isBusy = isBusy
    snapshot.cells["time"] = CellResult(
      state: isGranted ? .succeeded : .waiting(.ownWork(.permission(permission))),
      outputs: [.permission(permission, isGranted: isGranted)], isStale: isBusy,
      revision: revision)
    snapshot.cells["after"] = CellResult(
      state: isGranted
        ? .succeeded : .waiting(.work(.permission(.measure), at: WaitingPlace(cell: "time"))),
      outputs: isGranted ? [.text("0.5")] : [], revision: revision)
    return snapshot
  }

  private func rows(containing text: String) -> [Substring] {
    reader.draw().text.split(separator: "\n").filter { $0.contains(text) }
  }

  @Test("A cell that measures says so, takes the focus, and starts on Enter")
  mutating func measuring() {
    _ = reader.update(snapshot: snapshot(.measure, isGranted: false, revision: 1))
    #expect(rows(containing: "Enter measures").count == 1)
    #expect(rows(containing: "waits for a measurement; ⏎ goes there").count == 1)
    _ = reader.handle(.key(.tab))
    #expect(reader.state.focus == .permission(cell: "time"))
    #expect(rows(containing: "▌Enter measures").count == 1)
    #expect(rows(containing: "⏎ do it").count == 1)
    let actions = reader.handle(.key(.enter))
    #expect(
      actions.contains { if case .session(.permit(cell: "time")) = $0 { true } else { false } })

    _ = reader.update(snapshot: snapshot(.measure, isGranted: false, revision: 2, isBusy: true))
    #expect(rows(containing: "measuring …").count == 1)
    _ = reader.update(snapshot: snapshot(.measure, isGranted: true, revision: 3))
    #expect(rows(containing: "Enter measures again").count == 1)
    #expect(reader.state.focus == .permission(cell: "time"))
    #expect(rows(containing: "0.5").count == 1)
  }

  @Test("A cell that saves names the file")
  mutating func saving() {
    _ = reader.update(snapshot: snapshot(.save(file: "x.npy"), isGranted: false, revision: 1))
    #expect(rows(containing: "Enter saves x.npy").count == 1)
  }
}
