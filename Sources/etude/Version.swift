extension Etude {
  /// The only place that names it. scripts/package asks the program, and wants the same version in the
  /// first entry of scripts/packaging/debian/changelog.
  static let version = "0.1"
}
