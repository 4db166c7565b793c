/// The FNV-1a hash of 64 bits: the same in every process, as names and values in files must be.
package enum FNV {
  package static func hash(of text: String) -> UInt64 {
    text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }
}
