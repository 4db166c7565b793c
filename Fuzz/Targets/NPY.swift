import Compute
import Notebook

/// Reads a .npy file. What can be read is written and read again, and stays the same.
func readArray(_ bytes: [UInt8]) {
  guard let array = try? NPYFile.read(bytes) else { return }
  _ = Value.array(array).repr
  let written = NPYFile.write(array)
  guard let again = try? NPYFile.read(written) else { fatalError("what was written is unreadable") }
  // Bytes, not arrays: NaN differs from itself.
  precondition(NPYFile.write(again) == written, "the array changes by being written")
}
