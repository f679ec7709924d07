/// What a model makes of one segment of sound.
public struct Recognition: Hashable, Sendable {
  /// The text as the model writes it.
  public let text: String
  /// ISO 639-1 code of the language, where the model says it.
  public let language: String?

  /// Makes a recognition.
  public init(text: String, language: String? = nil) {
    self.text = text
    self.language = language
  }
}

/// What a model hears behind a segment's sound.
public enum Ending: Hashable, Sendable {
  /// That much silence, seconds.
  case silence(Double)
  /// Silence up to the length of sound the model was trained with.
  case window
}

/// A model that hears a whole segment at a time. Not for use from two threads at once.
public protocol SegmentModel {
  /// Recognises 16 kHz mono samples (-1 to 1) followed by silence.
  mutating func recognize(_ samples: ArraySlice<Float>, ending: Ending) -> Recognition
}

/// A model that hears a stream. Not for use from two threads at once.
public protocol StreamModel {
  /// Takes more samples and returns the text of the utterance so far.
  mutating func accept(_ samples: ArraySlice<Float>) -> String

  /// Ends the utterance: returns its final text and starts a new one.
  mutating func endUtterance() -> String
}
