/// What a lesson asks the student to reach.
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
    }
  ]
}
