import Git
import GitdexTesting
import Postgres
import Storage
import Testing

/// Who may change what at one time.
@Suite("A ref's lock keeps others away, and nothing moves without it")
struct LockTests {
    /// A ref with one file.
    private func filled() throws -> (StoreBench, RefRecord) {
        let bench = try StoreBench()
        try bench.write([1, 2])
        let ref = try bench.store.makeRef(named: "refs/heads/main", ofRepository: bench.repository)
        var update = try bench.update(ref, to: 100)
        update.upserts = [StoreBench.file("a", 1)]
        try bench.apply(update, isStaged: false)
        return (bench, ref)
    }

    private func kill(_ store: IndexStore, _ bench: StoreBench) throws {
        let other = try bench.database.connect()
        _ = try other.query(
            "SELECT pg_terminate_backend(\(Int32(store.connection.serverProcessID)))")
    }

    @Test("a lock that was lost while rows were staged moves nothing")
    func lostWhileStaging() throws {
        let (bench, ref) = try filled()
        let store = bench.store
        var update = try bench.update(ref, to: 101)
        update.recounts = true
        let moved = update
        let error = #expect(throws: StorageError.self) {
            try store.withRefLock(repository: bench.repository, name: ref.name) {
                let staging = try store.beginStaging()
                defer { staging.end() }
                try staging.add([StoreBench.file("b", 2)], deletions: ["a"])
                try kill(store, bench)
                try staging.send()
                _ = try store.transaction { try store.apply(moved, staged: staging) }
            }
        }
        #expect(error?.code == .lockLost)
        #expect(try bench.files(of: ref).count == 1)
        #expect(
            try store.ref(named: ref.name, ofRepository: bench.repository)?.indexedCommit
                == StoreBench.oid(100))
    }

    @Test("a lock that was lost before the ref moves moves nothing")
    func lostBeforeMove() throws {
        let (bench, ref) = try filled()
        let store = bench.store
        let update = try bench.update(ref, to: 101)
        let error = #expect(throws: StorageError.self) {
            try store.withRefLock(repository: bench.repository, name: ref.name) {
                let staging = try store.beginStaging()
                defer { staging.end() }
                try staging.add([], deletions: ["a"])
                try staging.send()
                try kill(store, bench)
                _ = try store.transaction { try store.apply(update, staged: staging) }
            }
        }
        #expect(error?.code == .lockLost)
        #expect(try bench.files(of: ref).count == 1)
    }

    @Test("who waits for a ref or for a collection is told so, and who need not is not")
    func waiting() throws {
        let (bench, ref) = try filled()
        let other = try bench.otherStore()
        var told = 0
        try bench.store.withRefLock(repository: bench.repository, name: ref.name) {
            try bench.store.withRefLock(
                repository: bench.repository, name: "another", onWait: { told += 1 }
            ) {}
            // Nobody waits in vain: the server gives up after a moment.
            try other.connection.set("lock_timeout", to: "50ms")
            let index = #expect(throws: PostgresError.self) {
                _ = try other.withRefLock(
                    repository: bench.repository, name: ref.name, onWait: { told += 1 }
                ) { Issue.record("two hold one ref") }
            }
            #expect(index?.code == .timeout)
        }
        #expect(told == 1)
    }

    @Test("nothing is collected while a ref is indexed")
    func collectionWaits() throws {
        let (bench, ref) = try filled()
        let other = try bench.otherStore()
        try other.connection.set("lock_timeout", to: "50ms")
        var told = 0
        try bench.store.withRefLock(repository: bench.repository, name: ref.name) {
            _ = #expect(throws: PostgresError.self) {
                try other.withCollectionLock(onWait: { told += 1 }) {
                    _ = Issue.record("collected")
                }
            }
        }
        #expect(told == 1)
        try other.withCollectionLock(onWait: { told += 1 }) {}
        #expect(told == 1)
    }
}
