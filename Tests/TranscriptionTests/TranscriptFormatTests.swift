import Testing

@testable import Transcription

@Suite struct TranscriptFormatTests {
  private let segments = [
    TranscriptEvent(kind: .settled, segment: 0, start: 0.5, end: 2, text: "Hola <a> & b --> c"),
    TranscriptEvent(kind: .settled, segment: 1, start: 3661.0004, end: 3662.5, text: "Adiós"),
  ]

  @Test(arguments: [
    (0.0, "00:00:00,000"), (59.9996, "00:01:00,000"), (3661.25, "01:01:01,250"),
    (-1, "00:00:00,000"),
    (360_000, "100:00:00,000"),
  ])
  func times(seconds: Double, text: String) {
    #expect(TranscriptFormat.time(seconds, ",") == text)
  }

  @Test func subtitles() {
    #expect(
      TranscriptFormat.srt.text(segments) == """
        1
        00:00:00,500 --> 00:00:02,000
        Hola <a> & b --> c

        2
        01:01:01,000 --> 01:01:02,500
        Adiós


        """)
    #expect(
      TranscriptFormat.vtt.text(segments).hasPrefix(
        "WEBVTT\n\n00:00:00.500 --> 00:00:02.000\nHola &lt;a&gt; &amp; b --&gt; c\n\n"))
    #expect(TranscriptFormat.txt.text(segments) == "Hola <a> & b --> c\nAdiós\n")
    #expect(
      TranscriptFormat.json.text(segments).split(separator: "\n").last
        == #"{"end":3662.5,"segment":1,"start":3661,"text":"Adiós"}"#)
  }
}
