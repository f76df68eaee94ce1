public import Git
import Postgres

/// File rows on their way into a ref, held by the server until the ref moves.
///
/// They lie in a temporary table of the store's session, so neither this program's memory nor a
/// transaction grows with them, and they are gone when the session is.
public final class StagedFiles {
    static let table = "staged_files"
    /// How many rows are sent at once.
    private static let rowsPerTransfer = 2_000

    private let store: IndexStore
    private var rows: RowBatch = StagedFiles.noRows
    /// How many rows were added.
    public private(set) var count = 0

    init(store: IndexStore) throws {
        self.store = store
        try store.scoped.script(
            """
            DROP TABLE IF EXISTS pg_temp.\(Self.table);
            CREATE TEMPORARY TABLE \(Self.table) (mode integer, analysis_version integer,
                path bytea NOT NULL, blob_oid bytea, language text, skipped_reason text)
            """)
    }

    private static var noRows: RowBatch {
        RowBatch(
            table: table,
            [
                .init("mode", .int32), .init("analysis_version", .int32), .init("path", .bytes),
                .init("blob_oid", .bytes), .init("language", .text),
                .init("skipped_reason", .text),
            ])
    }

    /// Adds rows; they are sent when there are enough of them.
    ///
    /// - Parameters:
    ///   - files: Files that are new or differ.
    ///   - deletions: Paths that are gone.
    /// - Throws: ``StorageError`` with code `lockLost`, or what the database said.
    public func add(_ files: [RefFileRecord], deletions: [GitPath]) throws {
        for file in files {
            rows.append(int32: Int(file.mode.rawValue))
            rows.append(int32: file.version)
            rows.append(bytes: file.path.bytes)
            rows.append(bytes: file.oid.bytes)
            rows.append(text: file.language)
            rows.append(text: file.skippedReason?.rawValue)
        }
        for path in deletions {
            rows.append(int32: 0)
            rows.append(int32: 0)
            rows.append(bytes: path.bytes)
            for _ in 0..<3 { rows.append(text: nil) }
        }
        count += files.count + deletions.count
        if rows.count >= Self.rowsPerTransfer { try transfer() }
    }

    /// Sends what was not sent yet, and tells the server how the table looks.
    ///
    /// - Throws: ``StorageError`` with code `lockLost`, or what the database said.
    public func send() throws {
        try transfer()
        // Without the index, a server that knows little of the ref yet compares all with all.
        try store.scoped.script(
            """
            CREATE UNIQUE INDEX \(Self.table)_by_path ON pg_temp.\(Self.table) (path);
            ANALYZE pg_temp.\(Self.table)
            """)
    }

    private func transfer() throws {
        // A session that was lost took the table with it.
        try store.checkLock()
        try rows.copy(to: store.connection)
        rows = Self.noRows
    }

    /// Drops the rows.
    public func end() {
        // A session that is gone has dropped them already.
        try? store.scoped.script("DROP TABLE IF EXISTS pg_temp.\(Self.table)")
    }
}
