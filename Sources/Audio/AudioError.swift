/// What can be wrong with a device or a recording; texts for people are made at the edge.
public enum AudioError: Error, Hashable, Sendable {
  /// No such capture or playback device, or it refuses to open. `reason` is ALSA's own text.
  case cannotOpenDevice(name: String, reason: String)
  /// The device can't deliver 16 kHz mono, not even through conversion.
  case unsupportedFormat(device: String, reason: String)
  /// The file is missing or unreadable.
  case cannotOpenFile(path: String, reason: String)
  /// The file is not a recording that can be read here.
  case notARecording(path: String, reason: String)
  /// The recording has no samples.
  case emptyRecording(path: String)
}
