import CSndFile
import Foundation
import TestSupport
import Testing

@testable import Audio

@Suite struct RecordingTests {
  /// Writes a tone through libsndfile.
  private func write(
    _ path: String, format: Int32, rate: Int = 16_000, channels: Int = 1, seconds: Double = 0.5,
    hertz: Double = 440
  ) throws {
    var info = SF_INFO()
    info.samplerate = Int32(rate)
    info.channels = Int32(channels)
    info.format = format
    let file = try #require(sf_open(path, Int32(SFM_WRITE), &info))
    let frames = Int(Double(rate) * seconds)
    var samples: [Float] = []
    for frame in 0..<frames {
      let value = Float(0.5 * sin(2 * .pi * hertz * Double(frame) / Double(rate)))
      for _ in 0..<channels { samples.append(value) }
    }
    sf_writef_float(file, samples, sf_count_t(frames))
    sf_close(file)
  }

  private func readAll(_ path: String, searchPath: String = "") throws -> (
    samples: [Int16], truncated: Bool
  ) {
    let reader = try RecordingReader(path: path, searchPath: searchPath)
    var samples: [Int16] = []
    while true {
      let block = try reader.read(1_000)
      if block.isEmpty { return (samples, reader.isTruncated) }
      samples += block
    }
  }

  static let wav = Int32(SF_FORMAT_WAV)
  struct Kind: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let format: Int32
    let rate: Int
    let channels: Int
  }

  static let kinds: [Kind] = [
    Kind(
      testDescription: "wav 16", format: wav | Int32(SF_FORMAT_PCM_16), rate: 16_000, channels: 1),
    Kind(testDescription: "wav 8", format: wav | Int32(SF_FORMAT_PCM_U8), rate: 8_000, channels: 2),
    Kind(
      testDescription: "wav 24", format: wav | Int32(SF_FORMAT_PCM_24), rate: 44_100, channels: 2),
    Kind(
      testDescription: "wav float", format: wav | Int32(SF_FORMAT_FLOAT), rate: 48_000, channels: 6),
    Kind(
      testDescription: "flac", format: Int32(SF_FORMAT_FLAC) | Int32(SF_FORMAT_PCM_16),
      rate: 22_050,
      channels: 1),
    Kind(
      testDescription: "ogg", format: Int32(SF_FORMAT_OGG) | Int32(SF_FORMAT_VORBIS), rate: 44_100,
      channels: 1),
    Kind(
      testDescription: "opus", format: Int32(SF_FORMAT_OGG) | Int32(SF_FORMAT_OPUS), rate: 48_000,
      channels: 1),
  ]

  @Test(arguments: kinds) func everyKindBecomesSixteenKilohertzMono(_ kind: Kind) throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/tone"
      try write(path, format: kind.format, rate: kind.rate, channels: kind.channels)
      let (samples, truncated) = try readAll(path)
      #expect(abs(samples.count - 8_000) < 600)
      #expect(!truncated)
      let middle = samples[2_000..<6_000].map { Double($0) / 32_768 }
      let rms = (middle.reduce(0) { $0 + $1 * $1 } / Double(middle.count)).squareRoot()
      #expect(abs(rms - 0.354) < 0.03)
    }
  }

  @Test(arguments: [8_000, 11_025, 22_050, 44_100, 48_000, 96_000])
  func resamplingKeepsATonePure(rate: Int) {
    var resampler = Resampler(from: rate)
    let input = (0..<rate).map { Float(0.5 * sin(2 * .pi * 1_000 * Double($0) / Double(rate))) }
    var output = resampler.process(input)
    output += resampler.finish()
    #expect(abs(output.count - 16_000) <= 2)
    // What is left after taking out the best fitting 1 kHz wave is noise and distortion.
    let middle = output[2_000..<14_000].map(Double.init)
    var (a, b) = (0.0, 0.0)
    for (index, value) in middle.enumerated() {
      let angle = 2 * .pi * 1_000 * Double(index) / 16_000
      a += value * sin(angle) * 2 / Double(middle.count)
      b += value * cos(angle) * 2 / Double(middle.count)
    }
    var noise = 0.0
    for (index, value) in middle.enumerated() {
      let angle = 2 * .pi * 1_000 * Double(index) / 16_000
      let rest = value - a * sin(angle) - b * cos(angle)
      noise += rest * rest
    }
    let ratio = 10 * log10((a * a + b * b) / 2 / (noise / Double(middle.count)))
    #expect(ratio > 60, "\(ratio) dB")
  }

  @Test func whatIsTooHighForSixteenKilohertzDisappears() {
    var resampler = Resampler(from: 48_000)
    let input = (0..<48_000).map { Float(0.5 * sin(2 * .pi * 11_000 * Double($0) / 48_000)) }
    let output = resampler.process(input)[1_000...]
    let rms = (output.reduce(0) { $0 + $1 * $1 } / Float(output.count)).squareRoot()
    #expect(rms < 0.0005)
  }

  @Test func badFilesAreNamed() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/x.wav"
      #expect(throws: AudioError.cannotOpenFile(path: path, reason: "ENOENT")) { try readAll(path) }
      #expect(throws: AudioError.cannotOpenFile(path: folder, reason: "EISDIR")) {
        try readAll(folder)
      }
      try replace(path, with: [])
      #expect(throws: AudioError.emptyRecording(path: path)) { try readAll(path) }
      try replace(path, with: Array("this is a text, not a sound\n".utf8))
      guard
        case .notARecording = #expect(throws: AudioError.self, performing: { try readAll(path) })
      else {
        Issue.record("not named")
        return
      }
      try write(path, format: Self.wav | Int32(SF_FORMAT_PCM_16), seconds: 0)
      #expect(throws: AudioError.emptyRecording(path: path)) { try readAll(path) }
    }
  }

  @Test func aTruncatedRecordingGivesWhatIsThere() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/x"
      for format in [
        Self.wav | Int32(SF_FORMAT_PCM_16), Int32(SF_FORMAT_FLAC) | Int32(SF_FORMAT_PCM_16),
      ] {
        try write(path, format: format, seconds: 4)
        let whole = try bytes(path)
        try replace(path, with: whole.prefix(whole.count / 2))
        let (samples, _) = try readAll(path)
        #expect(samples.count > 16_000 && samples.count < 50_000)
      }
    }
  }

  @Test(arguments: [
    Self.wav | Int32(SF_FORMAT_PCM_16), Int32(SF_FORMAT_FLAC) | Int32(SF_FORMAT_PCM_16),
    Int32(SF_FORMAT_OGG) | Int32(SF_FORMAT_VORBIS), Int32(SF_FORMAT_OGG) | Int32(SF_FORMAT_OPUS),
  ])
  func aMissingEndIsNoticed(format: Int32) async throws {
    try await withTemporaryFolder { folder in
      let path = "\(folder)/x"
      try write(path, format: format, seconds: 30)
      let whole = try bytes(path)
      for (length, isCutShort) in [(whole.count, false), (whole.count / 2, true)] {
        try replace(path, with: whole.prefix(length))
        let source = try FileSource(path: path, pace: .fast)
        for try await _ in source.start() {}
        #expect(await source.isCutShort == isCutShort)
      }
    }
  }

  @Test func aHeaderThatClaimsFourGigabytesIsNotBelieved() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/x.wav"
      try write(path, format: Self.wav | Int32(SF_FORMAT_PCM_16))
      var content = try bytes(path)
      for place in [4, 5, 6, 7, 40, 41, 42, 43] { content[place] = 0xFF }
      try replace(path, with: content)
      #expect(try readAll(path).samples.count <= 8_100)
    }
  }

  @Test(arguments: 0..<60) func noDamagedFileCrashes(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    try withTemporaryFolder { folder in
      let path = "\(folder)/x"
      let kind = Self.kinds[Int(seed) % Self.kinds.count]
      try write(path, format: kind.format, rate: kind.rate, channels: kind.channels, seconds: 0.1)
      var content = try bytes(path)
      for _ in 0..<8 {
        content[Int.random(in: content.indices, using: &random)] = random.bytes(1)[0]
      }
      try replace(path, with: content)
      // Sound or a typed error; nothing else.
      do { _ = try readAll(path) } catch is AudioError {}
    }
  }

  @Test func aFileSourceDeliversEverythingInOrder() async throws {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("assets/demo/interview.flac").path
    let source = try FileSource(path: path, pace: .fast)
    var position: Int64 = 0
    for try await event in source.start() {
      guard case .frame(let frame) = event else { continue }
      #expect(frame.position == position)
      position = frame.endPosition
    }
    #expect(position == source.expectedSamples)
  }

  @Test func theMeterReadsDecibels() {
    var meter = LevelMeter()
    meter.add((0..<3_200).map { Int16(16_384 * sin(Double($0) * 0.3)) })
    #expect(abs(meter.peak + 6.02) < 0.1)
    #expect(abs(meter.rms + 9.03) < 0.1)
    #expect(!meter.isClipping)
    meter.add([Int16](repeating: .max, count: 100))
    #expect(meter.isClipping)
    for _ in 0..<3 { meter.add([Int16](repeating: 0, count: 3_200)) }
    #expect(meter.peak == -90 && !meter.isClipping)
  }
}
