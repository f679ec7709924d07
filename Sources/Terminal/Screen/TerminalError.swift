/// Why the screen can't be used; texts for people are made at the edge.
public enum TerminalError: Error, Hashable, Sendable {
  /// Standard input or output is no terminal.
  case notATerminal
  /// The terminal can't move its cursor (`TERM=dumb`) or is not known to terminfo; its name.
  case unsuitable(term: String)
}
