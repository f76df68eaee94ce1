import Git
import GitHub
import Indexing
import Queue
import Storage

/// Writes down what a step of a synchronisation brought: items, texts and the place to go on from, in
/// one transaction under the job's lease.
final class SyncedTextWriter {
    private static let textsAtOnce = 200

    private let index: IndexStore
    private let texts: TextIndexer
    private let store: SyncedStore
    private let context: JobContext
    /// How many texts were sent to the embedder.
    private(set) var embedded = 0

    init(
        parts: IndexingParts, workspace: String, store: SyncedStore, context: JobContext
    ) throws {
        index = try IndexStore(connection: context.connection, workspace: workspace)
        texts = try TextIndexer(store: index, embedder: parts.embedder, grammars: parts.grammars)
        self.store = store
        self.context = context
    }

    /// Gives all texts anew where another model or other rules made what is indexed.
    func renew() throws {
        guard try texts.isOutdated(ref: SyncedRef.name, ofRepository: store.repository) else {
            return
        }
        try store.forEachText(limit: Self.textsAtOnce) { part in
            try update(
                part.map {
                    IndexedText(path: $0.path, kind: $0.kind.searchName, bytes: $0.text)
                }, [], completes: false)
        }
        try update([], [])
    }

    /// Writes down a step.
    func write(_ step: SyncStep) throws {
        let changed = try store.changed(among: step.items)
        let new = changed.filter { !$0.text.isEmpty }.map {
            IndexedText(path: $0.path, kind: $0.kind.searchName, bytes: $0.text)
        }
        var gone = changed.filter(\.text.isEmpty).map(\.path)
        for doubt in step.gone { gone += try store.textPaths(goingWith: doubt) }
        if new.isEmpty, gone.isEmpty {
            return try index.transaction {
                try step.write(to: store)
                try context.checkLease(on: index.connection)
            }
        }
        try update(new, gone) { try step.write(to: $0) }
    }

    private func update(
        _ new: [IndexedText], _ gone: [GitPath], completes: Bool = true,
        alongside: (SyncedStore) throws -> Void = { _ in }
    ) throws {
        let outcome = try texts.update(
            ref: SyncedRef.name, ofRepository: store.repository, texts: new, deletions: gone,
            completes: completes
        ) { index in
            try alongside(store)
            try context.checkLease(on: index.connection)
        }
        embedded += outcome.embedded
    }
}
