import Messages

/// What a cell of the reader does only when the student has pressed Enter for it: it takes long, leaves
/// something behind, or ended the program the last time.
package enum Permission: Hashable, Sendable {
  case measure
  /// To a file of the student's.
  case save(file: String)
  /// Running at all, since an earlier run did not come back.
  case rerun
}

/// Thrown where a cell cannot continue without permission.
package struct WaitsForPermission: Error {
  package let permission: Permission
}

extension CellContext {
  /// To be called before anything of the kind is done. A permission is for the whole run of the
  /// cell, and for no other kind and no other file: what Enter does is always shown before.
  ///
  /// - Throws: `WaitsForPermission`; in an inline value, which has no place for a key, an error.
  package mutating func require(_ permission: Permission, function: String) throws {
    if isMeasuring, case .save = permission {
      throw Diagnostic(
        "\(function) is done once and cannot be measured",
        hint: "measure what computes the value, and save it on a line of its own")
    }
    switch longWork {
    case .atOnce: return
    case .refused:
      throw Diagnostic(
        "\(function) belongs in a cell, not in the text",
        hint: "assign the result to a name there, and use the name here")
    case .onEnter:
      let isGranted = permissions.contains(permission)
      let shown = outputs.firstIndex { if case .permission = $0 { true } else { false } }
      if shown == nil || !isGranted {
        // There is one place for Enter; it shows what comes next.
        if let shown { outputs.remove(at: shown) }
        show(.permission(permission, isGranted: isGranted))
      }
      guard isGranted else { throw WaitsForPermission(permission: permission) }
    }
  }
}
