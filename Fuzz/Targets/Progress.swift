import Lessons
import Progress

private let outline = LessonOutline(
  of: Lesson(
    parsing: """
      ---
      title: Sample
      id: sample
      ---
      ## One
      > [!PREDICT] {#q}
      > How much is 2 + 2?
      >
      > - [ ] 3
      > - [x] 4

      ```python
      taps = slider(3, 101, value=11)
      ```

      > [!TASK]
      > More.
      >
      > ```python
      > check(taps > 20, "more")
      > ```
      """, file: "lesson.md", folder: "/"))

/// Reads a file of saved progress. Valid input must survive a round trip unchanged.
func readProgress(_ bytes: [UInt8]) {
  guard let progress = try? SavedProgress(json: bytes) else { return }
  // A file of the first format is written in the second one, once its lesson is known.
  var changes = LessonChanges()
  let current = SavedProgress(
    Progress(progress, in: outline, changes: &changes), in: outline)
  for progress in [progress, current] where !progress.isOfFirstFormat {
    let again = try? SavedProgress(json: Array(progress.json.utf8))
    precondition(again == progress, "the progress changes when written")
  }
}
