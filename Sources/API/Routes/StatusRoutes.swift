internal import Accounts
internal import HTTPTypes
internal import Hummingbird
internal import Search
internal import Storage

/// What is indexed, at which commit, and how far behind.
struct StatusRoutes: Sendable {
    let workspaces: Workspaces

    var routes: [Route] {
        [
            Route(
                method: .get, path: "/v1/workspaces/{w}/status",
                access: .workspace(.reader, .search),
                operation: Operation(
                    id: "status", tag: "search",
                    summary: "Says what is indexed, at which commit, and how far behind.",
                    description: """
                        `left_out` lists the first \(APILimits.filesLeftOut) files that are not \
                        indexed; `files_left_out` counts them all.
                        """,
                    parameters: [
                        .workspace,
                        .query("repo", Schema.text(1...400), "Only this repository."),
                    ],
                    answers: [.json(200, "Status", "The refs of every repository.")]),
                handle: answer)
        ]
    }

    private struct Document: Encodable { let refs: [RefStatusDocument] }

    @Sendable private func answer(_ request: APIRequest) async throws -> Response {
        let name = try request.query().one("repo")
        return try await workspaces.withStore(request) { store in
            let finder = RepositoryFinder(store: store)
            let records = try name.map { [try finder.repository($0)] } ?? store.repositories()
            let reader = StatusReader(store: store)
            let refs = try records.flatMap { record in
                try reader.statuses(of: record).map { status in
                    let skipped =
                        status.freshness.filesLeftOut == 0
                        ? []
                        : try store.skippedFiles(
                            ofRef: status.ref.id, limit: APILimits.filesLeftOut)
                    return RefStatusDocument(record: record, status: status, skipped: skipped)
                }
            }
            return Answer.json(Document(refs: refs))
        }
    }
}
