import Interpreter

/// A lesson's tasks, and the student's progress.
extension Builtins {
  static let tasks: [Builtin] = [
    Builtin(
      "check",
      [
        Parameter("condition", note: "true when the task is done"),
        Parameter("hint", note: "shown until the task is done"),
      ],
      """
      Whether a task is done. In a call-out that begins with [!TASK] the result is shown below the \
      task's text, and once done the task is marked in the lesson's contents. If a cell has \
      several checks, all must pass.
      """
    ) { call in
      let isPassed = try call.arguments["condition"].isTrue()
      call.context.show(.check(isPassed: isPassed, hint: try call.arguments.string("hint")))
      return .none
    },
    count("questions_answered", "How many of the lesson's questions the student has answered.") {
      $0.answered
    },
    count(
      "questions_right", "How many of the lesson's questions the student has answered correctly."
    ) { $0.right },
    count("tasks_done", "How many of the lesson's tasks the student has done.") { $0.tasksDone },
    Builtin("tasks_total", [], "How many tasks the lesson has; 0 outside of lessons.") { call in
      .int(call.context.score().tasksTotal)
    },
  ]

  private static func count(
    _ name: String, _ summary: String, of number: @escaping @Sendable (Score) -> Int
  ) -> Builtin {
    Builtin(name, [], summary + " Grows as the lesson proceeds; 0 outside the reader.") { call in
      .int(number(call.context.score()))
    }
  }
}
