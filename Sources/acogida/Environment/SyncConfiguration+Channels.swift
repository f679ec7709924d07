import Analytics
import Exchange
import Forms
import Foundation
import HTTP
import Store
import Vault

/// The ways out of this machine that a stage has, ready to be used.
struct SyncChannels {
  /// A target and its channels.
  struct Entry {
    let name: String
    let channels: [Channel]
  }

  let entries: [Entry]
  private let transports: [CurlTransport]

  /// Prepares what the configuration names; nothing is sent.
  ///
  /// - Parameters:
  ///   - target: the only target that is wanted; nil for all.
  ///   - isOffline: whether nothing will be sent, so that no credentials are needed.
  init(
    _ configuration: Configuration, _ locations: Locations, target: String?, isOffline: Bool
  ) throws {
    let sync = configuration.sync
    let targets = sync.targets.filter {
      $0.stage == configuration.stage && (target == nil || $0.name == target)
    }
    guard !targets.isEmpty else {
      throw Failure(
        key: target == nil ? "error.noTarget" : "error.unknownTarget",
        ["stage": configuration.stage, "name": target ?? ""], exitCode: 2)
    }
    let maker = try Maker(sync, locations, isOffline: isOffline)
    let made = try targets.map { target in (target, try maker.channels(target)) }
    entries = made.map { Entry(name: $0.0.name, channels: $0.1.channels) }
    transports = made.map(\.1.transport)
  }

  /// Ends what is being sent.
  func cancel() { for transport in transports { transport.cancel() } }
}

/// Makes channels out of the configuration, the environment and the usual files.
private struct Maker {
  let sync: SyncConfiguration
  let locations: Locations
  let isOffline: Bool
  let key: OrganisationKey?

  init(_ sync: SyncConfiguration, _ locations: Locations, isOffline: Bool) throws {
    self.sync = sync
    self.locations = locations
    self.isOffline = isOffline
    key =
      sync.organisationKey.isEmpty
      ? nil : try OrganisationKey(file: locations.expanding(sync.organisationKey))
  }

  func channels(
    _ target: SyncConfiguration.Target
  ) throws -> (channels: [Channel], transport: CurlTransport) {
    switch target.kind {
    case .s3(let bucket): try lake(target.name, bucket)
    case .openRosa(let server): openRosa(target.name, server)
    }
  }

  private func lake(
    _ name: String, _ bucket: SyncConfiguration.Bucket
  ) throws -> (channels: [Channel], transport: CurlTransport) {
    let settings = AWSSettings(environment: locations.environment, profile: bucket.profile)
    let endpoint = bucket.endpoint ?? settings.endpoint
    if let endpoint, bucket.endpoint == nil,
      !SyncAddress.isUsable(endpoint) || !SyncAddress.isPrivate(endpoint)
    {
      throw Failure(key: "error.endpoint", ["url": endpoint])
    }
    guard let region = bucket.region ?? settings.region ?? endpoint.map({ _ in "us-east-1" })
    else { throw Failure(key: "error.noRegion", ["name": name]) }
    guard let credentials = settings.credentials ?? (isOffline ? AWSCredentials.none : nil) else {
      throw Failure(key: "error.noCredentials", ["name": name], exitCode: 2)
    }
    let transport = transport(settings.authorityFile)
    let target = S3Target(
      bucket: S3Bucket(
        name: bucket.name, region: region, endpoint: endpoint, prefix: bucket.prefix,
        isPathStyle: bucket.isPathStyle),
      credentials: credentials, transport: transport, now: { Clock.now / 1_000 })
    let forms = FormShelf(locations)
    let channels = bucket.parts.map { dataset, format in
      Channel.lake(
        name, format, of: dataset.packed(isIdentified: !bucket.isRedacted), target: target,
        batch: sync.batch, withoutIdentity: bucket.isRedacted, key: key, form: forms.form)
    }
    return (channels, transport)
  }

  private func openRosa(
    _ name: String, _ server: SyncConfiguration.OpenRosa
  ) -> (channels: [Channel], transport: CurlTransport) {
    let environment = locations.environment
    let login = environment["ACOGIDA_OPENROSA_USER"].map { user in
      HTTPLogin(
        user: user, password: environment["ACOGIDA_OPENROSA_PASSWORD"] ?? "",
        isDigest: server.isDigest)
    }
    let transport = transport(nil)
    let target = OpenRosaTarget(
      url: server.url, login: login, transport: transport, now: { Clock.now / 1_000 })
    return ([.openRosa(name, target: target)], transport)
  }

  private func transport(_ authorityFile: String?) -> CurlTransport {
    let own = sync.authorityFile.isEmpty ? nil : locations.expanding(sync.authorityFile)
    return CurlTransport(
      HTTPSettings(
        proxy: sync.proxy.isEmpty ? nil : sync.proxy, authorityFile: own ?? authorityFile,
        bytesPerSecond: sync.bytesPerSecond),
      userAgent: "acogida/\(Acogida.version)")
  }
}

/// The forms of this machine, read when they are asked for.
struct FormShelf: Sendable {
  private let locations: Locations

  init(_ locations: Locations) { self.locations = locations }

  /// The form of an identifier; nil when it is not here, or is broken.
  func form(_ id: String) -> FormDefinition? {
    // An identifier comes from a form that was loaded; a path is none.
    id.contains("/") ? nil : try? FormFile.load(locations.form(id))
  }
}

extension AWSCredentials {
  /// Stand-ins where nothing is signed.
  static let none = AWSCredentials(accessKey: "", secretKey: "")
}

extension Configuration {
  /// How many submissions are not at some target of the stage; 0 where the stage has none.
  func unsent(in data: StageData) throws(StoreError) -> Int {
    var most = 0
    for channel in channelNames {
      let counts = try data.outbox.counts(channel)
      most = max(most, counts.unsent + counts.refused)
    }
    return most
  }

  /// The names of the stage's channels, without anything that sending needs.
  var channelNames: [String] {
    sync.targets.filter { $0.stage == stage }.flatMap { target in
      switch target.kind {
      case .s3(let bucket):
        bucket.parts.map { Channel.lakeID(target.name, $0.format, of: $0.dataset.rawValue) }
      case .openRosa: ["\(target.name)/openrosa"]
      }
    }
  }
}

extension SyncConfiguration.Bucket {
  /// Every dataset in every format, the submissions first.
  fileprivate var parts: [(dataset: SyncConfiguration.LakeDatasetName, format: LakeFormat)] {
    datasets.flatMap { dataset in formats.map { (dataset, $0) } }
  }
}

extension SyncConfiguration.LakeDatasetName {
  /// What makes its files; nil for the submissions, which every channel can make.
  fileprivate func packed(isIdentified: Bool) -> (any LakeDataset)? {
    switch self {
    case .submissions: nil
    case .fields: FieldsDataset(isIdentified: isIdentified)
    case .daily: DailyDataset()
    }
  }
}

extension Locations {
  /// The path with the home folder in the place of `~`; a relative one is taken from the configuration's folder.
  func expanding(_ path: String) -> String {
    if path.hasPrefix("~/") { return (environment["HOME"] ?? "") + path.dropFirst() }
    return path.hasPrefix("/") ? path : configuration.appendingPathComponent(path).path
  }
}
