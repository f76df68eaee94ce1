public import Postgres
public import Storage

/// Reads what GitHub has of a repository, one request at a time.
///
/// Where it stands is written down with what each request brought, so that a run goes on at the page
/// where the one before was cut off. The first pass through a list reads all of it; later ones read
/// what changed since. Not Sendable: it belongs to the thread of its store.
public final class SyncRun {
    let client: GitHubClient
    let store: SyncedStore
    let repository: GitHubRepository
    let path: String
    private let requestedAt: Timestamp?
    private var streams = SyncedStream.allCases[...]
    var hasSettledReviews = false

    /// Begins a run, or goes on with one.
    ///
    /// Asks GitHub for the repository, so that one that is hidden is not taken for one that is empty.
    ///
    /// - Parameters:
    ///   - client: What speaks to GitHub.
    ///   - fullName: The repository's owner and name.
    ///   - store: The store of the repository.
    ///   - requestedAt: When it was asked for: lists that were read to their ends since then are not
    ///     read again, so that a run in many turns comes to its end. Nil reads each once a turn.
    /// - Throws: ``GitHubError``.
    public init(
        client: GitHubClient, repository fullName: String, store: SyncedStore,
        requestedAt: Timestamp? = nil
    ) throws {
        self.client = client
        self.store = store
        self.requestedAt = requestedAt
        repository = try client.repository(fullName)
        // Its name of today, so that no request is sent on.
        path = try GitHubClient.path(ofRepository: repository.fullName)
    }

    /// Asks GitHub once, or a few times for one thing.
    ///
    /// - Returns: What it brought, to be written down before the next; nil when all has been read.
    /// - Throws: ``GitHubError``, or what the database said.
    public func next() throws -> SyncStep? {
        while let stream = streams.first {
            do {
                if let step = try next(of: stream) { return step }
            } catch let error as GitHubError where error.concernsOneList {
                // One list that may not be read keeps none of the others.
                try store.setProblem(error.message, of: stream)
            }
            streams.removeFirst()
        }
        return try nextDoubt()
    }

    /// The next step of a list; nil where it is read to its end for now.
    private func next(of stream: SyncedStream) throws -> SyncStep? {
        switch stream {
        case .reviews: return try nextReviews()
        case .discussions:
            return repository.hasDiscussions
                ? try nextPage(of: stream) { try discussions($0) } : nil
        default: return try nextPage(of: stream) { try list($0) }
        }
    }

    /// A page of a list, whichever API it comes from.
    struct PassPage {
        var items: [SyncedItemRecord]
        var gone: [SyncedStore.Doubt] = []
        var next: String?
        var etag: String?
        var date: Int?
        var rest: Duration?
        /// Whether the list went on beyond what the pass asks for.
        var reachesBack = false
    }

    /// Reads the next page of a pass; begins one where none is under way.
    private func nextPage(
        of stream: SyncedStream, read: (SyncedStreamRecord) throws -> PassPage?
    ) throws -> SyncStep? {
        var record = try store.stream(stream)
        let isFirst = record.passStartedAt == nil
        if isFirst {
            guard !isDone(record), finished.insert(stream).inserted else { return nil }
            record.passStartedAt = .now()
            record.passIsFull = Self.needsFullPass(record)
            record.passNewest = nil
        } else {
            finished.insert(stream)
        }
        guard let page = try read(record) else {
            // Nothing has changed since the first page was read last.
            record.passStartedAt = nil
            record.endsPass = true
            record.problem = nil
            return SyncStep(record: record)
        }
        let seenAt = page.date.map { Timestamp(unixMicroseconds: Int64($0) * 1_000_000) } ?? .now()
        if isFirst {
            record.passStartedAt = seenAt
            record.etag = page.etag
            record.etagPage = page.etag == nil ? nil : firstPage(record)
        }
        let changes = page.items.compactMap(\.updatedAt)
        record.passNewest = ([record.passNewest].compactMap { $0 } + changes).max()
        record.nextPage = page.reachesBack ? nil : page.next
        var step = SyncStep(
            items: page.items, gone: page.gone, rest: page.rest,
            seenAt: max(seenAt, record.passStartedAt ?? seenAt))
        if record.nextPage == nil { end(&record, &step) }
        step.record = record
        return step
    }

    /// Whether a pass has ended since the run was asked for.
    func isDone(_ record: SyncedStreamRecord) -> Bool {
        guard let requestedAt, let completedAt = record.completedAt else { return false }
        return completedAt > requestedAt
    }

    /// The lists whose passes this run has begun or gone on with.
    private var finished: Set<SyncedStream> = []

    /// Ends a pass.
    private func end(_ record: inout SyncedStreamRecord, _ step: inout SyncStep) {
        let overlap = Int64(SyncLimits.overlapSeconds) * 1_000_000
        if let start = record.passStartedAt, record.passIsFull {
            // What changed while the pass went on may have been read before it changed.
            record.since = Timestamp(unixMicroseconds: start.unixMicroseconds - overlap)
            record.fullAt = start
            step.endedFullPass = (record.stream.kinds, start)
        } else if let newest = record.passNewest {
            let known = Timestamp(unixMicroseconds: newest.unixMicroseconds - overlap)
            record.since = max(record.since ?? known, known)
        }
        record.passStartedAt = nil
        record.passNewest = nil
        record.endsPass = true
        record.problem = nil
    }

    private static func needsFullPass(_ record: SyncedStreamRecord) -> Bool {
        guard record.stream != .releases, record.since != nil, let last = record.fullAt else {
            return true
        }
        return last < .now(plusSeconds: -SyncLimits.fullPassSeconds)
    }

    // MARK: Doubts

    /// Looks after one item that may be gone.
    private func nextDoubt() throws -> SyncStep? {
        guard let doubt = try store.nextDoubt() else { return nil }
        if let item = try item(of: doubt) {
            var step = SyncStep(items: [item], seenAt: .now())
            step.settled = [doubt]
            return step
        }
        return SyncStep(gone: [doubt])
    }

    /// The item as GitHub has it; nil where it is gone.
    private func item(of doubt: SyncedStore.Doubt) throws -> SyncedItemRecord? {
        let address: String
        switch doubt.kind {
        case .issue: address = "/issues/\(doubt.externalID)"
        case .pullRequest: address = "/pulls/\(doubt.externalID)"
        case .comment: address = "/issues/comments/\(doubt.externalID)"
        case .reviewComment: address = "/pulls/comments/\(doubt.externalID)"
        case .review: address = "/pulls/\(doubt.number ?? 0)/reviews/\(doubt.externalID)"
        case .release: address = "/releases/\(doubt.externalID)"
        case .discussion: return try discussion(doubt.externalID)?.items.first
        case .discussionComment:
            guard let number = doubt.number, let page = try discussion(number) else { return nil }
            return page.items.first {
                $0.kind == .discussionComment && $0.externalID == doubt.externalID
            }
        }
        guard let document = try client.documentIfThere(path + address) else { return nil }
        return ItemReader(kind: doubt.kind).item(document)
    }
}

extension GitHubError {
    /// Whether another list of the same repository may be readable all the same.
    fileprivate var concernsOneList: Bool {
        code == .forbidden || code == .notFound || code == .gone
    }
}
