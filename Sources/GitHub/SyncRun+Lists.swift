import Postgres
import Storage

extension SyncRun {
    /// The address that a pass through a list begins at.
    func firstPage(_ record: SyncedStreamRecord) -> String {
        let size = "per_page=\(GitHubClient.pageSize)"
        let order: String
        if let since = record.since, !record.passIsFull {
            // The latest first: what changes meanwhile moves to the front and pushes nothing past us.
            order =
                "&sort=updated&direction=desc"
                + (record.stream == .pulls ? "" : "&since=" + HTTPDate.iso8601(since.unixSeconds))
        } else {
            // In the order they were made, which no change disturbs.
            order = "&sort=created&direction=asc"
        }
        return switch record.stream {
        case .issues: path + "/issues?state=all&" + size + order
        case .pulls: path + "/pulls?state=all&" + size + order
        case .comments: path + "/issues/comments?" + size + order
        case .reviewComments: path + "/pulls/comments?" + size + order
        case .releases: path + "/releases?" + size
        case .reviews, .discussions: path
        }
    }

    /// Reads a page of a list of the REST API; nil where nothing has changed since the last pass.
    func list(_ record: SyncedStreamRecord) throws -> PassPage? {
        let first = firstPage(record)
        let mayBeUnchanged =
            record.nextPage == nil && record.etagPage == first
            && (!record.passIsFull || record.stream == .releases && !isDue(record))
        let answer = try client.get(
            record.nextPage ?? first, etag: mayBeUnchanged ? record.etag : nil)
        guard case .items(let page) = answer else { return nil }
        guard case .array(let elements) = page.document, let kind = record.stream.kinds.first else {
            throw GitHubError.malformed
        }
        let reader = ItemReader(kind: kind)
        let items = elements.compactMap(reader.item)
        let oldest = items.compactMap(\.updatedAt).min()
        return PassPage(
            items: items, next: page.next, etag: page.etag, date: page.date, rest: page.rest,
            reachesBack: !record.passIsFull && record.stream == .pulls
                && (oldest.map { $0 < record.since ?? $0 } ?? true))
    }

    /// Whether all of a list is to be read whatever its first page says.
    private func isDue(_ record: SyncedStreamRecord) -> Bool {
        record.fullAt.map { $0 < .now(plusSeconds: -SyncLimits.fullPassSeconds) } ?? true
    }

    /// Reads the reviews of the next pull request that changed, page by page.
    func nextReviews() throws -> SyncStep? {
        var record = try store.stream(.reviews)
        guard let due = try store.nextWithReviewsDue() else {
            record.passStartedAt = nil
            record.nextPage = nil
            record.endsPass = true
            record.problem = nil
            // Said once, not for ever.
            guard !hasSettledReviews, !isDone(record) else { return nil }
            hasSettledReviews = true
            return SyncStep(record: record)
        }
        hasSettledReviews = false
        let first = path + "/pulls/\(due.number)/reviews?per_page=\(GitHubClient.pageSize)"
        let isOfThis = record.nextPage.map { $0.contains("/pulls/\(due.number)/reviews?") } ?? false
        let answer = try client.get(isOfThis ? record.nextPage ?? first : first)
        guard case .items(let page) = answer, case .array(let elements) = page.document else {
            throw GitHubError.malformed
        }
        record.passStartedAt = record.passStartedAt ?? .now()
        record.nextPage = page.next
        var step = SyncStep(
            items: elements.compactMap(ItemReader(kind: .review).item), rest: page.rest,
            seenAt: .now())
        if page.next == nil { step.reviewsListed = (due.number, due.updatedAt) }
        step.record = record
        return step
    }
}

extension GitHubClient {
    /// Asks for a document; nil where there is none any more, also when it moved elsewhere.
    func documentIfThere(_ path: String) throws -> JSONValue? {
        var client = self
        client.followsRedirects = false
        do {
            return try client.document(path)
        } catch let error as GitHubError where error.code == .notFound || error.code == .gone {
            return nil
        }
    }
}
