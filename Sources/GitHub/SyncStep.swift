import Postgres
public import Storage

/// What one request brought, to be written down in one transaction.
public struct SyncStep: Sendable {
    /// Items that GitHub listed.
    public var items: [SyncedItemRecord] = []
    /// Items that are gone.
    public var gone: [SyncedStore.Doubt] = []
    /// For how long GitHub is to be left alone after this.
    public var rest: Duration?
    /// When GitHub answered, by its clock.
    var seenAt = Timestamp(unixMicroseconds: 0)
    /// Items that were doubted and are there.
    var settled: [SyncedStore.Doubt] = []
    /// How far the list has been read by it.
    var record: SyncedStreamRecord?
    /// A pass through all of a list has ended, which began then.
    var endedFullPass: (kinds: [SyncedKind], start: Timestamp)?
    /// The reviews of a pull request are all here.
    var reviewsListed: (number: Int, updatedAt: Timestamp?)?

    /// Writes down what the step brought, besides the texts.
    ///
    /// - Parameter store: The store of the repository.
    /// - Throws: What the database said.
    public func write(to store: SyncedStore) throws {
        try store.write(items, seenAt: seenAt)
        for doubt in gone { try store.markDeleted(doubt) }
        for doubt in settled { try store.settle(doubt) }
        if let reviewsListed {
            try store.setReviewsListed(of: reviewsListed.number, asOf: reviewsListed.updatedAt)
        }
        if let endedFullPass {
            try store.doubtUnseen(endedFullPass.kinds, since: endedFullPass.start)
        }
        if let record { try store.save(record) }
    }
}
