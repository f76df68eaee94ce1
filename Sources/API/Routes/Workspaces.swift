internal import Accounts
internal import HTTPTypes
internal import Postgres
internal import Storage

/// Opens the rows of the workspace that a request names.
struct Workspaces: Sendable {
    let pool: Pool

    /// The public id of the one workspace of a server without accounts.
    static let local = "local"

    /// The public id of the workspace that a request was let into.
    ///
    /// - Throws: ``Problem`` of kind `notFound` where it was let into none.
    func workspace(of request: APIRequest) throws(Problem) -> String {
        try request.membership().publicID
    }

    /// Runs a closure with the workspace's tables, on a thread that may block.
    func withStore<R: Sendable>(
        _ request: APIRequest, _ body: @escaping @Sendable (IndexStore) throws -> R
    ) async throws -> R {
        let workspace = try workspace(of: request)
        return try await pool.withConnection { connection in
            try body(IndexStore(connection: connection, workspace: workspace))
        }
    }

    /// The same with all that is read of one moment.
    func withSnapshot<R: Sendable>(
        _ request: APIRequest, _ body: @escaping @Sendable (IndexStore) throws -> R
    ) async throws -> R {
        try await withStore(request) { store in
            try store.connection.transaction(.repeatableRead, isReadOnly: true) {
                try body(store)
            }
        }
    }
}
