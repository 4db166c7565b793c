import Glibc
import Messages

/// The student's own editor, which runs in the terminal on a copy of a cell's text.
package struct ExternalEditor: Sendable {
  /// A shell command that takes a file.
  package var command: String

  /// From $VISUAL, else $EDITOR; nil when neither is set.
  package init?(environment: (String) -> String?) {
    let commands = ["VISUAL", "EDITOR"].compactMap(environment)
    guard let command = commands.first(where: { $0.contains { $0 != " " } }) else { return nil }
    self.command = command
  }

  /// Why there is no edited text; a sentence without a full stop.
  package struct Failure: Error, Hashable {
    package var reason: String

    package init(_ reason: String) { self.reason = reason }
  }

  /// - Parameter run: runs a program in the terminal and returns its exit status.
  package func edit(
    _ text: String, ofCell cell: String, run: ([String]) -> Int32?
  ) throws(Failure) -> String {
    let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(parent)/etude-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw Failure(
        "no file could be made in \(parent): \(String(cString: strerror(errno)))")
    }
    let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    // Python's extension, for the editor's colours.
    let name = String(cell.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" })
    let path = "\(folder)/\(name.prefix(60)).py"
    // Editors expect a line break at the end, which a cell's text may lack.
    let written = text.hasSuffix("\n") ? text : text + "\n"
    try Self.write(written, to: path)
    // Quotes and options in the command are the shell's business; the path is not part of it.
    let status = run(["/bin/sh", "-c", "\(command) \"$1\"", "sh", path])
    guard status == 0 else {
      let end = status.map { "ended with status \($0)" } ?? "could not be started"
      // It may have saved before it ended.
      if let edited = try? Self.read(path), edited != written {
        throw Failure("\(command) \(end), so the cell is unchanged; the text is in \(path)")
      }
      Self.remove(path, in: folder)
      throw Failure("\(command) \(end), so the cell is unchanged")
    }
    let edited = try Self.read(path)
    Self.remove(path, in: folder)
    return edited == written ? text : edited
  }

  private static func remove(_ path: String, in folder: String) {
    unlink(path)
    // Stays when the editor has left something there.
    rmdir(folder)
  }

  private static func write(_ text: String, to path: String) throws(Failure) {
    guard let file = fopen(path, "wxe") else {
      throw Failure("\(path) cannot be written: \(String(cString: strerror(errno)))")
    }
    let count = fputs(text, file)
    guard fclose(file) == 0, count >= 0 else {
      throw Failure("\(path) cannot be written: \(String(cString: strerror(errno)))")
    }
  }

  /// More than a cell takes is enough to say so.
  private static let readLimit = 1 << 20

  private static func read(_ path: String) throws(Failure) -> String {
    guard let file = fopen(path, "re") else {
      throw Failure("\(path) cannot be read: \(String(cString: strerror(errno)))")
    }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: readLimit)
    let count = fread(&bytes, 1, bytes.count, file)
    guard let text = String(validating: bytes.prefix(count), as: UTF8.self) else {
      throw Failure("the text in \(path) is not UTF-8, so the cell is unchanged")
    }
    return text
  }
}
