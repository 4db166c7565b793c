/// A picture of one byte per pixel and a palette, as a PNG file without compression: for pictures of some ten
/// thousand pixels in a file that has sounds in it, nothing that a reader would notice.
struct PNG {
  let width: Int
  let height: Int
  /// Row by row, from the top.
  let pixels: [UInt8]
  let palette: [(red: UInt8, green: UInt8, blue: UInt8)]

  /// The file. https://www.w3.org/TR/png-3/
  var bytes: [UInt8] {
    var result: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    result += chunk("IHDR", bigEndian(width) + bigEndian(height) + [8, 3, 0, 0, 0])
    result += chunk("PLTE", palette.flatMap { [$0.red, $0.green, $0.blue] })
    var rows: [UInt8] = []
    for row in 0..<height {
      // No filter.
      rows.append(0)
      rows += pixels[row * width..<(row + 1) * width]
    }
    result += chunk("IDAT", stored(rows))
    return result + chunk("IEND", [])
  }

  private func bigEndian(_ value: Int) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
  }

  private func chunk(_ name: String, _ data: [UInt8]) -> [UInt8] {
    let body = Array(name.utf8) + data
    return bigEndian(data.count) + body + bigEndian(Int(Self.crc(body)))
  }

  /// A zlib stream of blocks that are not compressed (RFC 1950 and 1951).
  private func stored(_ data: [UInt8]) -> [UInt8] {
    var result: [UInt8] = [0x78, 0x01]
    for start in stride(from: 0, to: data.count, by: 65_535) {
      let block = data[start..<min(start + 65_535, data.count)]
      let length = UInt16(block.count)
      result.append(start + block.count == data.count ? 1 : 0)
      for part in [length, ~length] { result += [UInt8(part & 0xFF), UInt8(part >> 8)] }
      result += block
    }
    var (a, b): (UInt32, UInt32) = (1, 0)
    for byte in data {
      a = (a + UInt32(byte)) % 65_521
      b = (b + a) % 65_521
    }
    return result + bigEndian(Int(b << 16 | a))
  }

  private static func crc(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(~0) { table[Int(($0 ^ UInt32($1)) & 0xFF)] ^ $0 >> 8 }
  }

  private static let table: [UInt32] = (0..<256).map { number in
    (0..<8).reduce(UInt32(number)) { value, _ in
      value & 1 == 1 ? 0xEDB8_8320 ^ value >> 1 : value >> 1
    }
  }
}
