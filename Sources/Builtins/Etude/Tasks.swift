import Interpreter

/// What a lesson asks the student to reach, and how far she has come.
extension Builtins {
  static let tasks: [Builtin] = [
    Builtin(
      "check",
      [
        Parameter("condition", note: "true when the task is done"),
        Parameter("hint", note: "what helps as long as it is not"),
      ],
      """
      Whether a task is done. In a call-out that begins with [!TASK] it says so below the task's \
      text, and the contents of the lesson show a mark from then on. Several checks in one cell \
      must all pass.
      """
    ) { call in
      let isPassed = try call.arguments["condition"].isTrue()
      call.context.show(.check(isPassed: isPassed, hint: try call.arguments.string("hint")))
      return .none
    },
    count("questions_answered", "How many of the lesson's questions the student has answered.") {
      $0.answered
    },
    count("questions_right", "How many of the lesson's questions the student has answered rightly.")
    { $0.right },
    count("tasks_done", "How many of the lesson's tasks the student has done.") { $0.tasksDone },
  ]

  private static func count(
    _ name: String, _ summary: String, of number: @escaping @Sendable (Score) -> Int
  ) -> Builtin {
    Builtin(name, [], summary + " Grows while the lesson is read; 0 outside the reader.") { call in
      .int(number(call.context.score()))
    }
  }
}
