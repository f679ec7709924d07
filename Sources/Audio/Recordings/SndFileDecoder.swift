import CSndFile
import Foundation

/// Reads a file with libsndfile and mixes its channels to one.
final class SndFileDecoder: BlockDecoder {
  let path: String
  let rate: Int
  let frames: Int64?
  let brokeOff = false
  private let file: OpaquePointer
  private let channels: Int
  private var interleaved: [Float]
  private static let blockFrames = 8_192

  init(path: String) throws(AudioError) {
    self.path = path
    var info = SF_INFO()
    guard let file = sf_open(path, Int32(SFM_READ), &info) else {
      let isUnknown = sf_error(nil) == Int32(SF_ERR_UNRECOGNISED_FORMAT)
      let words = sf_strerror(nil).map { String(cString: $0) } ?? ""
      let reason = isUnknown ? "unknownFormat" : words
      throw .notARecording(path: path, reason: reason)
    }
    let isSane = (1_000...768_000).contains(info.samplerate) && (1...64).contains(info.channels)
    guard isSane else {
      sf_close(file)
      throw .notARecording(path: path, reason: "\(info.samplerate) Hz, \(info.channels)")
    }
    self.file = file
    rate = Int(info.samplerate)
    channels = Int(info.channels)
    // Some formats (broken headers, streams) report absurd lengths.
    frames = (0..<Int64(1) << 40).contains(info.frames) ? info.frames : nil
    interleaved = [Float](repeating: 0, count: SndFileDecoder.blockFrames * channels)
  }

  deinit { sf_close(file) }

  func next() throws(AudioError) -> [Float] {
    let count = sf_readf_float(file, &interleaved, sf_count_t(SndFileDecoder.blockFrames))
    guard count > 0 else { return [] }
    if channels == 1 { return Array(interleaved[..<Int(count)]) }
    var mono = [Float](repeating: 0, count: Int(count))
    let share = 1 / Float(channels)
    for frame in 0..<Int(count) {
      var sum: Float = 0
      for channel in 0..<channels { sum += interleaved[frame * channels + channel] }
      mono[frame] = sum * share
    }
    return mono
  }
}
