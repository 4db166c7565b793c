import FileFormats
import Glibc
import Messages
import TemporaryFolders
import Testing

@Suite struct FileBytesTests {
  @Test func foldersAreMadeWithThoseAroundThem() throws {
    let folder = TemporaryFolder()
    for _ in 1...2 { try FileBytes.makeFolder(folder.path + "/a/b/c") }
    #expect(TemporaryFolder.names(in: folder.path + "/a/b") == ["c"])
  }

  /// Nobody makes folders there: the reason is that it is not allowed, not that it is missing.
  @Test func aFolderThatCannotBeMadeIsNamedWithTheReason() {
    #expect(mkdir("/sys/none", 0o700) != 0)
    let reason = String(cString: strerror(errno))
    #expect {
      try FileBytes.makeFolder("/sys/none/inside")
    } throws: {
      ($0 as? Diagnostic)?.message == "the folder /sys/none cannot be created: \(reason)"
    }
  }
}
