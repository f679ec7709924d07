import Terminal

/// The screen as the desk needs it; ``CursesScreen`` is one, a surface in memory another.
@MainActor
public protocol DeskScreen: AnyObject {
  /// Rows and columns now.
  var size: Size { get }
  /// What the terminal sends. One consumer.
  var events: AsyncStream<InputEvent> { get }
  /// Shows a picture.
  func draw(_ surface: Surface)
  /// Draws everything anew.
  func repaint()
  /// Takes a new size.
  func resize(to newSize: Size)
  /// Gives the terminal to the shell, and takes it back when the process is continued.
  func suspend()
  /// Takes the terminal again after others stopped the process.
  func reenter()
}

extension CursesScreen: DeskScreen {
  /// What the terminal sends.
  public var events: AsyncStream<InputEvent> { input.events }
}
