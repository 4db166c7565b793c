import Compute
import FileFormats
import Interpreter

/// Reads a .npy file. Valid input must survive a round trip unchanged.
func readArray(_ bytes: [UInt8]) {
  guard let array = try? NPYFile.read(bytes) else { return }
  _ = Value.array(array).repr
  guard let written = try? NPYFile.write(array), let again = try? NPYFile.read(written) else {
    fatalError("what was written is unreadable")
  }
  // Compares bytes, because NaN differs from itself.
  precondition((try? NPYFile.write(again)) == written, "the array changes when written")
}
