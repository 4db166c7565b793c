import Compute
import FileFormats
import Interpreter

/// Reads a .safetensors file, and also treats the bytes as the header of a file without elements,
/// because few inputs have a correct header length.
func readArrays(_ bytes: [UInt8]) {
  checkArrays(bytes)
  checkArrays((0..<8).map { UInt8(truncatingIfNeeded: bytes.count >> (8 * $0)) } + bytes)
}

/// Valid input must survive a round trip unchanged.
private func checkArrays(_ bytes: [UInt8]) {
  guard let arrays = try? SafeTensorsFile.read(bytes) else { return }
  for (name, array) in arrays { _ = Value.tuple([.string(name), .array(array)]).repr }
  guard let written = try? SafeTensorsFile.write(arrays),
    let again = try? SafeTensorsFile.read(written)
  else { fatalError("what was written is unreadable") }
  precondition(
    (try? SafeTensorsFile.write(again)) == written, "the arrays change when written")
}
