import Interview
import TestSupport
import Testing
import Vault

@testable import Store

@Suite struct DraftStoreTests {
  private let id = identifier(1)

  @Test func aJournalAloneIsADraft() async throws {
    try await withStage { directory in
      do {
        let data = try StageData.open(directory)
        let journal = try data.drafts.journal(for: id, at: 1_000)
        try await journal.append(events(id))
        try await data.drafts.audio(for: id).append(position: 0, samples: [1, 2, 3])
      }
      // Not even the database is needed to find it.
      try replace(directory.database, with: [])
      let draft = try #require(try StageData.open(directory).drafts.list().first)
      #expect(draft.id == id && draft.header?.form == "acogida")
      #expect(draft.began == 1_000 && draft.lastChange == 1_010)
      #expect(draft.events == 11 && draft.answered == 6)
      #expect(!draft.wasSubmitted && !draft.isDamaged && !draft.hasAudio)
    }
  }

  @Test func theDraftChangedLastComesFirst() async throws {
    try await withStage { directory in
      let data = try StageData.open(directory)
      for number in [2, 1, 3] {
        let journal = try data.drafts.journal(for: identifier(number), at: 0)
        try await journal.append(events(identifier(number), at: Int64(number) * 1_000))
      }
      #expect(try data.drafts.list().map(\.id) == [3, 2, 1].map(identifier))
    }
  }

  @Test func anEmptyJournalIsNoDraftAndADamagedOneIs() async throws {
    try await withStage { directory in
      let data = try StageData.open(directory)
      _ = try data.drafts.journal(for: identifier(1), at: 0)
      try replace(directory.journals + "/\(identifier(2)).journal", with: [1, 2, 3])
      let drafts = try data.drafts.list()
      #expect(drafts.map(\.id) == [identifier(2)])
      #expect(drafts.first?.isDamaged == true && drafts.first?.header == nil)
    }
  }

  @Test(arguments: [
    (AfterSubmit(), [true, false]), (AfterSubmit(keepsAudio: true), [true, true]),
    (AfterSubmit(keepsAudio: false, keepsJournal: false), [false, false]),
  ])
  func submittingFollowsThePolicy(policy: AfterSubmit, kept: [Bool]) async throws {
    try await withStage { directory in
      do {
        let data = try StageData.open(directory, policy: policy)
        try await interview(data)
        try data.submit(submission(id))
        try data.submit(submission(id))
        #expect(try filesExist(directory) == kept)
        #expect(try data.drafts.list().isEmpty)
        #expect(throws: StoreError.closed(id: id)) { _ = try data.drafts.journal(for: id, at: 1) }
        #expect(throws: StoreError.closed(id: id)) { try data.drafts.discard(id, at: 1) }
        #expect(try data.journal(of: id).records == (kept[0] ? events(id) : []))
      }
      #expect(try StageData.open(directory, policy: policy).submissions.count() == 1)
    }
  }

  @Test func removalsThatACrashInterruptedAreFinished() async throws {
    try await withStage { directory in
      do {
        let data = try StageData.open(directory)
        try await interview(data)
        // Saved, but the process ended before it removed anything.
        try data.submissions.save(submission(id))
      }
      #expect(try filesExist(directory) == [true, true])
      do { _ = try StageData.open(directory) }
      #expect(try filesExist(directory) == [true, false])
    }
  }

  @Test func aDiscardedDraftIsGoneAndStaysGone() async throws {
    try await withStage { directory in
      let data = try StageData.open(directory)
      try await interview(data)
      try data.drafts.discard(id, at: 2_000)
      #expect(try filesExist(directory) == [false, false])
      #expect(try data.drafts.list().isEmpty)
      #expect(throws: StoreError.closed(id: id)) { try data.submissions.save(submission(id)) }
    }
  }

  @Test func withdrawnConsentErasesTheSoundAlone() async throws {
    try await withStage { directory in
      let data = try StageData.open(directory)
      try await interview(data)
      try data.drafts.discardAudio(id)
      #expect(try filesExist(directory) == [true, false])
    }
  }

  @Test func erasingASubmissionErasesItsFiles() async throws {
    try await withStage { directory in
      let data = try StageData.open(directory, policy: AfterSubmit(keepsAudio: true))
      try await interview(data)
      try data.submit(submission(id))
      #expect(try data.erase("a0000000", at: 9_000) == id)
      #expect(try filesExist(directory) == [false, false])
      #expect(try data.drafts.list().isEmpty)
    }
  }

  @Test(arguments: ["a", "a000000"]) func aSlipOfTheFingerErasesNothing(prefix: String) async throws
  {
    try await withStage { directory in
      let data = try StageData.open(directory, policy: AfterSubmit(keepsAudio: true))
      try await interview(data)
      try data.submit(submission(id))
      let short = StoreError.prefixTooShort(prefix: prefix, least: 8)
      #expect(throws: short) { try data.erase(prefix, at: 9_000) }
      #expect(throws: short) { try data.findToErase(prefix) }
      #expect(throws: short) { try data.withdrawRecording(prefix, at: 9_000, by: Actor()) }
      #expect(try data.submissions.get("a") == submission(id))
      #expect(try filesExist(directory) == [true, true])
    }
  }

  @Test func erasingADraftErasesItsFilesAlsoDamagedOnes() async throws {
    try await withStage { directory in
      let data = try StageData.open(directory)
      try await interview(data)
      let other = identifier(2)
      try replace(directory.audio + "/\(other).audio", with: [1, 2, 3])
      #expect(throws: StoreError.ambiguous(prefix: "a0000000", matches: 2)) {
        try data.erase("a0000000", at: 9_000)
      }
      #expect(try data.find(id) == StageData.Kept(id: id, isDraft: true))
      try data.erase(id, at: 9_000)
      #expect(try data.erase("a0000000", at: 9_000) == other)
      #expect(try filesExist(directory) == [false, false])
      #expect(try Folder.names(in: directory.audio).isEmpty)
      #expect(throws: StoreError.notFound(prefix: "a0000000")) {
        try data.erase("a0000000", at: 9_000)
      }
      #expect(throws: StoreError.closed(id: id)) { _ = try data.drafts.journal(for: id, at: 1) }
    }
  }

  @Test(arguments: [
    (0, JournalLoss(events: 0, bytes: 0)), (1, JournalLoss(events: 1, bytes: 0)),
    (2, JournalLoss(events: 2, bytes: 0)),
  ])
  func whatIsMissingFromADamagedJournalIsCounted(damage: Int, loss: JournalLoss) async throws {
    try await withStage { directory in
      let data = try StageData.open(directory)
      let happened = events(id)
      for part in [happened[..<6], happened[6...]] {
        try await data.drafts.journal(for: id, at: 1_000).append(Array(part))
      }
      let path = directory.journals + "/\(id).journal"
      var changed = try bytes(path)
      // The end of a part that was whole when the next one began: only the numbers tell.
      if damage >= 1 { changed.removeLast(5) }
      // Inside the first event.
      if damage >= 2 { changed[100] ^= 1 }
      try replace(path, with: changed)
      let draft = try #require(try data.drafts.list().first)
      #expect(draft.loss?.events ?? 0 == loss.events)
      #expect(draft.isDamaged == (damage > 0))
      #expect(draft.events == happened.count - loss.events)
      if damage == 2 { #expect(draft.header == nil) }
    }
  }

  @Test func theEndThatWasCutOffCountsAsBytes() async throws {
    try await withStage { directory in
      let data = try StageData.open(directory)
      try await data.drafts.journal(for: id, at: 1_000).append(events(id))
      let path = directory.journals + "/\(id).journal"
      try replace(path, with: try bytes(path).dropLast(5))
      let draft = try #require(try data.drafts.list().first)
      #expect(draft.loss?.events == 0 && draft.loss?.bytes ?? 0 > 40)
      #expect(!draft.isDamaged)
    }
  }

  /// An interview with a journal and sound.
  private func interview(_ data: StageData) async throws {
    let journal = try data.drafts.journal(for: id, at: 1_000)
    try await journal.append(events(id))
    let spool = try data.drafts.audio(for: id)
    try await spool.append(position: 0, samples: [Int16](repeating: 7, count: 10_000))
    try await spool.close()
  }

  private func filesExist(_ directory: DataDirectory) throws -> [Bool] {
    try [InterviewFile.Kind.journal, .audio].map {
      try !InterviewFile.parts($0, of: id, in: directory).isEmpty
    }
  }
}
