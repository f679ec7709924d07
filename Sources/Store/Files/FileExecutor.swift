import Dispatch

/// Runs an actor that writes files on a thread of its own, so that a slow disk holds up nothing else.
final class FileExecutor: SerialExecutor {
  private let queue = DispatchQueue(label: "acogida.files", qos: .userInitiated)

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
  }
}
