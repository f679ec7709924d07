import Exchange

extension SyncConfiguration.Target {
  /// The target as a file has it.
  var toml: String {
    let quote = TOMLText.quote
    var lines = ["[[sync.target]]", "name = \(quote(name))", "stage = \(quote(stage))"]
    switch kind {
    case .s3(let bucket):
      lines += ["kind = \"s3\"", "bucket = \(quote(bucket.name))"]
      lines += bucket.region.map { ["region = \(quote($0))"] } ?? []
      lines += bucket.endpoint.map { ["endpoint = \(quote($0))"] + permission($0) } ?? []
      lines += ["prefix = \(quote(bucket.prefix))"]
      lines += bucket.isPathStyle.map { ["path_style = \($0)"] } ?? []
      lines += ["profile = \(quote(bucket.profile))"]
      let formats = bucket.formats.map { quote($0.rawValue) }.joined(separator: ", ")
      let datasets = bucket.datasets.map { quote($0.rawValue) }.joined(separator: ", ")
      lines += [
        "formats = [\(formats)]", "datasets = [\(datasets)]", "redact = \(bucket.isRedacted)",
      ]
    case .openRosa(let server):
      lines += [
        "kind = \"openrosa\"", "url = \(quote(OpenRosaTarget.withoutToken(server.url)))",
        "auth = \(quote(server.isDigest ? "digest" : "basic"))", "plain = \(server.isPlain)",
      ]
      lines += permission(server.url)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func permission(_ address: String) -> [String] {
    SyncAddress.isPrivate(address) ? [] : ["allow_http = true"]
  }
}
