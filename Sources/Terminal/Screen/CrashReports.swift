import Glibc

/// Crash reports that do not freeze the terminal and stay private.
public enum CrashReports {
  /// Starts the program over with the backtracer set to write quietly to a file; call it first in main.
  ///
  /// On a terminal Swift's backtracer asks questions and waits; it reads its settings before `main`,
  /// so they are set in the environment and the program executes itself again (about 2 ms). Where the
  /// backtracer is not installed, or `SWIFT_BACKTRACE` is set already, nothing happens. Files the
  /// process makes from here on are for the user only (umask 077).
  ///
  /// - Parameter directory: where reports go; made with mode 0700 if missing.
  public static func prepare(directory: String) {
    umask(0o077)
    guard getenv("SWIFT_BACKTRACE") == nil else { return }
    makeDirectory(directory)
    let settings =
      hasBacktracer
      ? "enable=yes,interactive=no,color=no,threads=crashed,registers=none,images=none,"
        + "sanitize=yes,output-to=\(directory)/"
      : "enable=no"
    setenv("SWIFT_BACKTRACE", settings, 1)
    // By its path, so that process lists go on showing the program's name.
    var path = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
    if readlink("/proc/self/exe", &path, Int(PATH_MAX)) > 0 { execv(path, CommandLine.unsafeArgv) }
    // Without the second start the program works as well, only its crashes are louder.
  }

  /// Whether the backtracer stands where the runtime looks for it: beside the runtime library.
  private static var hasBacktracer: Bool {
    guard let maps = fopen("/proc/self/maps", "r") else { return false }
    defer { fclose(maps) }
    var line = [CChar](repeating: 0, count: 4096)
    while fgets(&line, Int32(line.count), maps) != nil {
      let text = String(
        decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      guard let slash = text.firstIndex(of: "/"), text.contains("/libswiftCore.so") else {
        continue
      }
      let library = text[slash...].split(separator: "/").dropLast()
      let platform = library.last.map(String.init) ?? ""
      let root = "/" + library.dropLast(3).joined(separator: "/")
      return access("\(root)/libexec/swift/\(platform)/swift-backtrace", X_OK) == 0
    }
    return false
  }

  private static func makeDirectory(_ path: String) {
    var made = path.hasPrefix("/") ? "" : "."
    for part in path.split(separator: "/") {
      made += "/" + part
      mkdir(made, 0o700)
    }
  }
}
