import Compute
import Notebook

/// Reads a .safetensors file, and takes the bytes for the header of one without elements as well:
/// few inputs have the header's length right.
func readArrays(_ bytes: [UInt8]) {
  checkArrays(bytes)
  checkArrays((0..<8).map { UInt8(truncatingIfNeeded: bytes.count >> (8 * $0)) } + bytes)
}

/// What can be read is written and read again, and stays the same.
private func checkArrays(_ bytes: [UInt8]) {
  guard let arrays = try? SafeTensorsFile.read(bytes) else { return }
  for (name, array) in arrays { _ = Value.tuple([.string(name), .array(array)]).repr }
  guard let written = try? SafeTensorsFile.write(arrays),
    let again = try? SafeTensorsFile.read(written)
  else { fatalError("what was written is unreadable") }
  precondition(
    (try? SafeTensorsFile.write(again)) == written, "the arrays change by being written")
}
