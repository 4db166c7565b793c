import CSndFile
import Glibc
import SoundFiles
import TemporaryFolders
import Testing

@Suite struct SoundFileTests {
  let folder = TemporaryFolder()

  @Test(arguments: [
    SoundFile.Samples.uint8([0, 1, 127, 128, 129, 255]),
    .int16([-32768, -32767, -1, 0, 1, 32767]),
    .int32([.min, .min + 1, -1, 0, 1, .max]),
    .float32([-1, -0.1, 0, 1e-30, 0.3, 1e30]),
    .float64([-1, -0.1, 0, 1e-300, 0.3, 1e300]),
  ])
  func samplesRoundTrip(samples: SoundFile.Samples) throws {
    let path = folder.path + "/a.wav"
    let remark = try SoundFile(samples: samples, channelCount: 2, sampleRate: 44_100)
      .write(to: path)
    let read = try SoundFile.read(path)
    #expect(remark == nil)
    #expect(read.samples == samples)
    #expect(read.channelCount == 2)
    #expect(read.frameCount == 3)
    #expect(read.sampleRate == 44_100)
    #expect(read.warning == nil)
    #expect(folder.names() == ["a.wav"])
  }

  @Test func floatsAreClampedTo16Bits() throws {
    let path = folder.path + "/a.wav"
    try SoundFile.write(
      [0.5, -1, 1, 2, -2, .nan, .infinity, 1e30], to: path, sampleRate: 8000, as: .int16)
    let read = try SoundFile.read(path)
    #expect(read.samples == .int16([16384, -32768, 32767, 32767, -32768, 0, 32767, 32767]))
    let largest: Float = 32767 / 32768
    #expect(read.channels()[0] == [0.5, -1, largest, largest, -1, 0, largest, largest])
  }

  @Test func writingIsReproducible() throws {
    let samples: [Float] = [0.25, -1, 3]
    try SoundFile.write(samples, to: folder.path + "/a.wav", sampleRate: 8000, as: .float32)
    let bytes = TemporaryFolder.bytes(of: folder.path + "/a.wav")
    #expect(!String(decoding: bytes, as: UTF8.self).contains("PEAK"))
    #expect(try SoundFile.read(folder.path + "/a.wav").samples == .float32(samples))
  }

  @Test func fractionalRatesAreRoundedAndReported() throws {
    let path = folder.path + "/a.wav"
    let remark = try SoundFile.write([0], to: path, sampleRate: 22_050.6, as: .int16)
    #expect(
      remark == "a WAV file can only have a whole sample rate: 22050.6 Hz was rounded to 22051 Hz")
    #expect(try SoundFile.read(path).sampleRate == 22_051)
  }

  @Test(arguments: [0, -1, 0.4, 1e10, .nan, .infinity])
  func impossibleRatesAreRefused(rate: Double) {
    let error = #expect(throws: SoundFileError.self) {
      try SoundFile.write([0], to: folder.path + "/a.wav", sampleRate: rate, as: .int16)
    }
    #expect(error?.description.contains("sample rate") == true)
    #expect(folder.names() == [])
  }

  @Test func channelsMustFit() {
    for (count, samples) in [(0, 0), (-1, 2), (2000, 2000), (2, 3)] {
      #expect(throws: SoundFileError.self) {
        try SoundFile(
          samples: .int16([Int16](repeating: 0, count: samples)), channelCount: count,
          sampleRate: 8000
        ).write(to: folder.path + "/a.wav")
      }
    }
    #expect(folder.names() == [])
  }

  @Test func aSoundMayHaveNoSamples() throws {
    let path = folder.path + "/a.wav"
    try SoundFile.write([], to: path, sampleRate: 8000, as: .int16)
    let read = try SoundFile.read(path)
    #expect(read.samples == .int16([]))
    #expect(read.channels() == [[]])
    #expect(read.warning == nil)
  }

  @Test func writingReplacesOnlyRegularFiles() throws {
    let path = folder.path + "/a.wav"
    try SoundFile.write([0.25], to: path, sampleRate: 8000, as: .int16)
    symlink("a.wav", folder.path + "/link.wav")
    let linkError = #expect(throws: SoundFileError.self) {
      try SoundFile.write([0.5], to: folder.path + "/link.wav", sampleRate: 8000, as: .int16)
    }
    #expect(linkError?.description.contains("symbolic link") == true)
    #expect(try SoundFile.read(path).samples == .int16([8192]))
    mkdir(folder.path + "/b.wav", 0o755)
    mkfifo(folder.path + "/c.wav", 0o644)
    for name in ["b.wav", "c.wav"] {
      let path = folder.path + "/" + name
      #expect(throws: SoundFileError.notAFile(path: path)) {
        try SoundFile.write([0], to: path, sampleRate: 8000, as: .int16)
      }
    }
    let error = #expect(throws: SoundFileError.self) {
      try SoundFile.write([0], to: folder.path + "/no/a.wav", sampleRate: 8000, as: .int16)
    }
    #expect(error?.description.contains("its folder does not exist") == true)
    #expect(folder.names() == ["a.wav", "b.wav", "c.wav", "link.wav"])
  }

  // MARK: Files that are not sounds

  @Test func badFilesAreDescribedInOneSentence() {
    mkfifo(folder.path + "/fifo", 0o644)
    let garbage = (0..<100_000).map { (index: Int) -> UInt8 in
      UInt8(truncatingIfNeeded: (index &* 7919) >> 3)
    }
    let cases: [(String, SoundFileError)] = [
      (folder.path + "/none.wav", .missing(path: folder.path + "/none.wav")),
      (folder.path + "/a\0b", .missing(path: folder.path + "/a\0b")),
      ("", .missing(path: "")),
      (folder.path, .notAFile(path: folder.path)),
      (folder.path + "/fifo", .notAFile(path: folder.path + "/fifo")),
      ("/dev/null", .notAFile(path: "/dev/null")),
      (folder.write([], to: "empty"), .empty(path: folder.path + "/empty")),
      (folder.write(garbage, to: "garbage"), .notSound(path: folder.path + "/garbage")),
      (folder.write(Array("RIFF".utf8), to: "riff"), .notSound(path: folder.path + "/riff")),
    ]
    for (path, expected) in cases {
      let error = #expect(throws: SoundFileError.self) { try SoundFile.read(path) }
      #expect(error == expected)
      #expect(error?.description.contains("\n") == false)
    }
  }

  @Test(.disabled(if: geteuid() == 0, "root may read everything"))
  func anUnreadableFileIsReported() {
    let path = folder.write([1], to: "a.wav")
    chmod(path, 0)
    #expect(throws: SoundFileError.forbidden(path: path)) { try SoundFile.read(path) }
  }

  @Test func aTruncatedFileIsReadWithAWarning() throws {
    let path = folder.path + "/a.wav"
    try SoundFile(samples: .int16((0..<1000).map { Int16($0) }), channelCount: 2, sampleRate: 8000)
      .write(to: path)
    let bytes = TemporaryFolder.bytes(of: path)
    let cut = folder.write(Array(bytes[..<(44 + 400)]), to: "cut.wav")
    let read = try SoundFile.read(cut)
    #expect(read.samples == .int16((0..<200).map { Int16($0) }))
    #expect(
      read.warning == "\(cut) is shorter than its header says: only 100 frames could be read")
  }

  @Test(
    "Unusual sounds are read as they are",
    arguments: [(1, 1.0), (6, 44_100), (1, 384_000), (2, 8_000)])
  func unusualSounds(channelCount: Int, rate: Double) throws {
    let path = folder.path + "/a.wav"
    let samples: [Float] = [.nan, 1e30, -.infinity, 0.5, -1e-30, -1]
    try SoundFile(samples: .float32(samples), channelCount: channelCount, sampleRate: rate)
      .write(to: path)
    let read = try SoundFile.read(path)
    #expect(read.channelCount == channelCount && read.sampleRate == rate)
    #expect(read.frameCount == 6 / channelCount)
    guard case .float32(let values) = read.samples else {
      Issue.record("not float32")
      return
    }
    #expect(values.map(\.bitPattern) == samples.map(\.bitPattern))
    #expect(read.warning == nil)
  }

  /// False sizes at every byte of the header must cause no crash and no huge allocation.
  @Test func falsifiedHeadersAreHarmless() throws {
    let path = folder.path + "/a.wav"
    try SoundFile(samples: .int16((0..<100).map { Int16($0) }), channelCount: 1, sampleRate: 8000)
      .write(to: path)
    let bytes = TemporaryFolder.bytes(of: path)
    for position in 0..<44 {
      for value: UInt8 in [0, 0x7F, 0xFF] {
        var doctored = bytes
        doctored[position] = value
        let read = try? SoundFile.read(folder.write(doctored, to: "doctored.wav"))
        #expect((read?.samples.count ?? 0) <= 400)
      }
    }
  }

  /// A FLAC header states the number of frames in 36 bits at byte 21; here it claims 2³⁶ − 1.
  @Test func aFLACWithTooLargeAFrameCountIsReadWithAWarning() throws {
    let path = folder.path + "/a.flac"
    var info = SF_INFO()
    info.samplerate = 8000
    info.channels = 1
    info.format = Int32(SF_FORMAT_FLAC | SF_FORMAT_PCM_16)
    let samples = (0..<5000).map { Int16($0 % 100) }
    let file = sf_open(path, Int32(SFM_WRITE), &info)
    sf_write_short(file, samples, 5000)
    sf_close(file)
    #expect(try SoundFile.read(path).samples == .int16(samples))
    #expect(try SoundFile.read(path).warning == nil)

    var bytes = TemporaryFolder.bytes(of: path)
    bytes[21] |= 0x0F
    for position in 22...25 { bytes[position] = 0xFF }
    let claims = try SoundFile.read(folder.write(bytes, to: "claims.flac"))
    #expect(claims.samples == .int16(samples))
    #expect(
      claims.warning?.contains("its header promises 68719476735 frames, but only 5000") == true)

    let cut = try SoundFile.read(folder.write(Array(bytes[..<(bytes.count / 2)]), to: "cut.flac"))
    #expect(cut.frameCount < 5000)
    #expect(cut.warning != nil)
  }

  @Test(arguments: [SF_FORMAT_OGG | SF_FORMAT_VORBIS, SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III])
  func compressedSoundsAreReadAsFloats(format: Int) throws {
    let path = folder.path + "/a"
    var info = SF_INFO()
    info.samplerate = 44_100
    info.channels = 1
    info.format = Int32(format)
    let samples = (0..<44_100).map { (index: Int) -> Float in
      0.5 * sinf(Float(index) * 2 * .pi * 440 / 44_100)
    }
    let file = try #require(sf_open(path, Int32(SFM_WRITE), &info))
    sf_write_float(file, samples, 44_100)
    sf_close(file)
    let read = try SoundFile.read(path)
    #expect(read.warning == nil)
    guard case .float32(let decoded) = read.samples else {
      Issue.record("not float32")
      return
    }
    let error = zip(samples, decoded).map { abs($0 - $1) }.dropFirst(5000).max() ?? 1
    #expect(decoded.count >= 44_100 && error < 0.05)
  }

  @Test func int32HoldsTheUpper24Bits() throws {
    let path = folder.path + "/a.wav"
    var info = SF_INFO()
    info.samplerate = 48_000
    info.channels = 1
    info.format = Int32(SF_FORMAT_WAV | SF_FORMAT_PCM_24)
    let samples: [Int32] = [0x7FFF_FF00, -0x8000_0000, 0x100, -0x100, 0x1234_5600]
    let file = sf_open(path, Int32(SFM_WRITE), &info)
    sf_write_int(file, samples, 5)
    sf_close(file)
    #expect(try SoundFile.read(path).samples == .int32(samples))
  }

  @Test(
    .enabled(if: access("/usr/share/sounds/alsa/Front_Center.wav", R_OK) == 0, "needs alsa-utils"))
  func realRecordingsAreRead() throws {
    for name in ["Front_Center", "Front_Left", "Noise", "Side_Right"] {
      let read = try SoundFile.read("/usr/share/sounds/alsa/\(name).wav")
      #expect(read.sampleRate == 48_000)
      #expect(read.channelCount == 1)
      #expect(read.warning == nil)
      #expect(read.frameCount > 60_000)
      let peak = read.channels()[0].map(abs).max() ?? 0
      #expect(peak > 0.05 && peak <= 1)
    }
  }
}
