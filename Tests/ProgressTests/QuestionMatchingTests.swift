import Interpreter
import Lessons
import Progress
import Testing

@Suite("Questions in another version of the lesson")
struct QuestionMatchingTests {
  private let sum = question("How much is 2 + 2?", ["3", "4"], right: 1)
  private let other = question("How much is 5 + 5?", ["10", "11"])

  private func student() -> Student {
    var student = Student("## One\n\(sum)")
    student.answer(0, 0)
    return student
  }

  @Test("A question in front, on a page of its own or not, shifts no answer")
  func insertion() throws {
    for pages in ["## Zero\n\(other)## One\n\(sum)", "## One\n\(other)\(sum)"] {
      var student = student()
      try student.meets(pages)
      #expect(student.answers == [nil, 0])
      #expect(student.score.answered == 1 && student.score.right == 0)
      #expect(student.changes == LessonChanges())
    }
  }

  @Test("Reordered options keep the answer; a moved mark changes what is right")
  func options() throws {
    var student = student()
    try student.meets("## One\n" + question("How much is 2 + 2?", ["4", "5", "3"]))
    #expect(student.answers == [2])
    #expect(student.changes == LessonChanges())
    try student.meets("## One\n" + question("How much is 2 + 2?", ["4", "5", "3"], right: 2))
    #expect(student.answers == [2] && student.score.right == 1)
  }

  @Test("A chosen option that is gone or another one opens the question, and is told once")
  func optionGone() throws {
    for options in [["4", "5"], ["4", "33"], ["4"]] {
      var student = student()
      try student.meets("## One\n" + question("How much is 2 + 2?", options))
      #expect(student.answers == [nil] && student.score.answered == 0)
      #expect(student.changes.openedQuestions == 1 && student.changes.setAside == 0)
      try student.meets("## One\n" + question("How much is 2 + 2?", options))
      #expect(student.changes == LessonChanges())
      try student.meets("## One\n\(sum)")
      #expect(student.answers == [0], "the answer is back with its option")
    }
  }

  @Test("Equal options are told apart by their number")
  func equalOptions() throws {
    let pages = "## One\n" + question("Which?", ["a", "b", "a"])
    var student = Student(pages)
    student.answer(0, 2)
    try student.meets(pages)
    #expect(student.answers == [2])
  }

  @Test(
    "A corrected typo keeps the answer",
    arguments: [
      ("How mcuh is it?", "How much is it?"), ("How much is it", "How much is it?"),
      ("how much is it?", "How much is *it*?"), ("How much is it?", "How much is it, exactly?"),
      ("Is the freqency of it higher?", "Is the frequency of it higher?"),
    ])
  func typo(before: String, after: String) throws {
    var student = Student("## One\n" + question(before))
    student.answer(0, 1)
    try student.meets("## Zero\n\(other)## One\n" + question(after))
    #expect(student.answers == [nil, 1])
    #expect(student.changes == LessonChanges())
    try student.meets("## One\n" + question(after))
    #expect(student.answers == [1])
  }

  @Test(
    "Another question keeps nothing",
    arguments: [
      ("How much is 2 + 2?", "How much is 2 + 3?"), ("How much is 2 + 2?", "How much is 2 - 2?"),
      ("Is it higher?", "Is it lower?"), ("Does the left one sound brighter?", "Is it long?"),
    ])
  func anotherQuestion(before: String, after: String) throws {
    var student = Student("## One\n" + question(before))
    student.answer(0, 1)
    try student.meets("## One\n" + question(after))
    #expect(student.answers == [nil] && student.score.answered == 0)
    #expect(student.changes.answers == 1)
    try student.meets("## One\n" + question(after))
    #expect(student.changes == LessonChanges(), "told once")
    try student.meets("## One\n" + question(after) + question(before))
    #expect(student.answers == [nil, 1], "it waited for its question")
  }

  @Test("Which answers are right tells a correction from a question turned around")
  func turnedAround() throws {
    var student = Student("## One\n" + question("Can you now hear the lower tone?", right: 0))
    student.answer(0, 0)
    try student.meets("## One\n" + question("Can you not hear the lower tone?", right: 1))
    #expect(student.answers == [nil])
  }

  @Test("A corrected option keeps the answer, unless the numbers are others")
  func optionTypo() throws {
    var student = Student("## One\n" + question("Why?", ["a recieved echo", "95 taps"]))
    student.answer(0, 0)
    try student.meets("## One\n" + question("Why?", ["97 taps", "a received echo"], right: 1))
    #expect(student.answers == [1])
    student.answer(0, 0)
    try student.meets("## One\n" + question("Why?", ["98 taps", "a received echo"], right: 1))
    #expect(student.answers == [nil] && student.changes.openedQuestions == 1)
  }

  @Test("A question that was there before is no corrected one")
  func neighbours() throws {
    let (a, b) = (question("Is the first tone clear?"), question("Is the first stone clear?"))
    var student = Student("## One\n\(a)\(b)")
    student.answer(0, 1)
    try student.meets("## One\n\(b)")
    #expect(student.answers == [nil] && student.changes.answers == 1)
  }

  @Test("Two possible corrections are none")
  func ambiguous() throws {
    var student = Student("## One\n" + question("Is it a tne?"))
    student.answer(0, 1)
    try student.meets(
      "## One\n" + question("Is it a tone?") + question("Is it a tine?"))
    #expect(student.answers == [nil, nil] && student.changes.answers == 1)
  }

  @Test("Equal questions keep their order; their pages tell them apart")
  func equals() throws {
    let same = question("Is it longer?")
    for (before, after, expected) in [
      ("## A\n\(same)## B\n\(same)", "## Z\n\(other)## A\n\(same)## B\n\(same)", [nil, nil, 1]),
      ("## A\n\(same)## B\n\(same)", "## B\n\(same)## A\n\(same)", [1, nil]),
      ("## A\n\(same)\(same)", "## A\n\(other)\(same)\(same)", [nil, nil, 1]),
      ("## A\n\(same)\(same)", "## A\n\(same)## A, continued\n\(same)", [nil, 1]),
      ("## A\n\(same)## B\n\(same)", "## A\n\(same)\(same)## B\n\(same)", [nil, nil, 1]),
      ("## A\n\(same)## B\n\(same)", "## B\n\(same)", [1]),
    ] as [(String, String, [Int?])] {
      var student = Student(before)
      student.answer(1, 1)
      try student.meets(after)
      #expect(student.answers == expected, "\(after)")
    }
  }

  @Test("An id keeps an answer through any change; giving, changing and removing it lose nothing")
  func ids() throws {
    var student = Student("## One\n" + question("Why?", ["a", "b"], id: "why"))
    student.answer(0, 1)
    try student.meets("## Two\n\(other)" + question("Say why:", ["c", "b"], id: "why"))
    #expect(student.answers == [nil, 1])
    for id in ["because", nil, "why"] {
      try student.meets("## Two\n\(other)" + question("Say why:", ["c", "b"], id: id))
      #expect(student.answers == [nil, 1])
    }
  }

  @Test("An equal question with an id of its own is another one")
  func equalWithID() throws {
    let named = question("Is it longer?", id: "second")
    for id in [nil, "first"] {
      var student = Student("## A\n" + question("Is it longer?", id: id) + named)
      student.answer(0, 1)
      try student.meets("## A\n\(named)")
      #expect(student.answers == [nil] && student.changes.answers == 1)
    }
  }

  @Test("The page is found by its title")
  func page() throws {
    var student = Student("## A\nx\n## B\ny\n## B\nz\n## C\nw")
    student.go(to: 2)
    try student.meets("## New\nn\n## A\nx\n## B\ny\n## B\nz\n## C\nw")
    #expect(student.progress.page == 3)
    try student.meets("## A\nx\n## C\nw")
    #expect(student.progress.page == 1, "the last page, for want of a better one")
    try student.meets("## C\nw\n## A\nx")
    #expect(student.progress.page == 0)
  }
}
