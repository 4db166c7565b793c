/// Which files cells may read and write.
package struct FileAccess: Sendable {
  package enum Reach: Sendable {
    /// Regular files below these folders, tried in order, links resolved. Nothing is written.
    case folders([String])
    /// Whatever the user may, relative to the working directory: `etude eval`.
    case everything
  }

  package var reach: Reach

  package init(_ reach: Reach) { self.reach = reach }
}
