import Foundation

/// Folders and names in them.
package enum Folder {
  /// Makes a folder, and those above it, private to the user (0700); one that exists is left alone.
  package static func make(_ path: String) throws(SystemError) {
    if exists(path) { return }
    let parent = (path as NSString).deletingLastPathComponent
    if !parent.isEmpty, parent != path { try make(parent) }
    guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw .last("mkdir", path) }
  }

  package static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// Names in a folder, sorted; none when the folder is missing.
  package static func names(in path: String) throws(SystemError) -> [String] {
    guard let folder = opendir(path) else {
      if errno == ENOENT { return [] }
      throw .last("opendir", path)
    }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// Puts new, renamed and removed names of a folder on the disk.
  package static func sync(_ path: String) throws(SystemError) {
    try OpenFile(path.isEmpty ? "." : path, .read).syncAll()
  }

  package static func rename(_ path: String, to other: String) throws(SystemError) {
    guard Glibc.rename(path, other) == 0 else { throw .last("rename", path) }
  }

  /// Removes a file; one that is missing is as good as removed.
  package static func remove(_ path: String) throws(SystemError) {
    guard unlink(path) == 0 || errno == ENOENT else { throw .last("unlink", path) }
  }
}

extension OpenFile {
  /// `fsync`, which folders need.
  package func syncAll() throws(SystemError) {
    guard fsync(descriptor) == 0 else { throw .last("fsync", path) }
  }
}
