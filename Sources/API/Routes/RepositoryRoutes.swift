internal import Accounts
internal import HTTPTypes
internal import Hummingbird
internal import Queue
internal import Storage

/// Connected repositories: listed, shown, changed and indexed.
struct RepositoryRoutes: Sendable {
    let workspaces: Workspaces
    let gate: AccountGate
    let publicURL: String?
    let indexJob: (@Sendable (_ repository: Int, _ ref: String?) -> JobRequest)?
    let changeSecrets: (@Sendable (SecretChange) async throws -> String?)?

    var routes: [Route] { [list, show, change, index] }

    static let path = "/v1/workspaces/{w}/repositories"

    // MARK: Reading

    private var list: Route {
        let workspaces = workspaces
        return Route(
            method: .get, path: Self.path, access: .workspace(.reader, .search),
            operation: Operation(
                id: "listRepositories", tag: "repositories",
                summary: "Lists repositories in the order they were connected.",
                parameters: [.workspace, .cursor, .limit],
                answers: [.json(200, "Repositories", "A page of repositories.")])
        ) { request in
            let cursor = try ListCursor(request.query())
            return try await workspaces.withStore(request) { store in
                let all = try store.repositories().sorted { $0.id < $1.id }
                let rest = all.drop { $0.id <= cursor.last ?? 0 }.prefix(cursor.limit + 1)
                let page = cursor.page(Array(rest), id: \.id)
                let documents = try page.rows.map { try Self.document($0, store) }
                return Answer.json(
                    PageDocument(name: "repositories", items: documents, next: page.next))
            }
        }
    }

    private var show: Route {
        let workspaces = workspaces
        return Route(
            method: .get, path: Self.path + "/{r}", access: .workspace(.reader, .search),
            operation: Operation(
                id: "showRepository", tag: "repositories",
                summary: "Shows a repository with its refs.",
                parameters: [.workspace, .repository],
                answers: [.json(200, "Repository", "The repository.")])
        ) { request in
            let name = try request.pathParameter("r")
            return try await workspaces.withStore(request) { store in
                let record = try RepositoryFinder(store: store).repository(name)
                return Answer.json(try Self.document(record, store))
            }
        }
    }

    /// A repository with its refs, as it is now.
    static func document(
        _ record: RepositoryRecord, _ store: IndexStore
    ) throws -> RepositoryDocument {
        try RepositoryDocument(record, provider: provider(of: record, store), store: store)
    }

    /// Who keeps a repository: `local` for one that is indexed from its own folder.
    static func provider(of record: RepositoryRecord, _ store: IndexStore) throws -> String {
        try RemoteStore(connection: store.connection)
            .repository(workspace: store.workspace, id: record.id)?.provider ?? "local"
    }

    // MARK: Changing

    private struct Change: Decodable {
        enum CodingKeys: String, CodingKey {
            case name, include, exclude, credentials
            case webhookSecret = "webhook_secret"
        }
        enum SecretAction: String, Decodable { case rotate }

        let name: String?
        let include, exclude: [String]?
        let webhookSecret: SecretAction?
        let credentials: RepositoryCredentialsChange

        var isOfSecrets: Bool { webhookSecret != nil || credentials.isChange }

        func check() throws(Problem) {
            try RepositoryNames.check(name)
            try RepositoryNames.check(patterns: include, "include")
            try RepositoryNames.check(patterns: exclude, "exclude")
            try credentials.check()
            // Otherwise a secret could be changed, and never be shown because the rest failed.
            if isOfSecrets, name != nil || include != nil || exclude != nil {
                throw Problem(
                    .invalidBody,
                    "change 'webhook_secret' and 'credentials' by a request of their own")
            }
        }
    }

    private var change: Route {
        let (workspaces, indexJob, changeSecrets) = (workspaces, indexJob, changeSecrets)
        let (gate, publicURL) = (gate, publicURL)
        return Route(
            method: .patch, path: Self.path + "/{r}", access: .workspace(.admin, .admin),
            operation: Operation(
                id: "changeRepository", tag: "repositories",
                summary: "Changes a repository's name, paths that are indexed, or secrets.",
                description: """
                    With other patterns, its refs are indexed anew. A `webhook_secret` that is \
                    rotated is in the answer, this once; the one before stays valid for 24 hours. \
                    `credentials` of `null` are removed. \
                    Secrets are changed by a request of their own.
                    """,
                parameters: [.workspace, .repository],
                body: ["application/json": Schema.reference("RepositoryChange")],
                answers: [.json(200, "ChangedRepository", "The repository as it is now.")],
                problems: [.conflict])
        ) { request in
            let workspace = try workspaces.workspace(of: request)
            let name = try request.pathParameter("r")
            let change = try await request.body(Change.self)
            try change.check()
            let secret: String?
            if change.isOfSecrets {
                guard let changeSecrets else {
                    throw Problem(.unavailable, "this server keeps no secrets")
                }
                let id = try await workspaces.withStore(request) { store in
                    let record = try RepositoryFinder(store: store).repository(name)
                    guard try Self.provider(of: record, store) != "local" else {
                        throw Problem(.conflict, "a local repository has no secrets")
                    }
                    return record.id
                }
                secret = try await changeSecrets(
                    SecretChange(
                        workspace: workspace, repository: id,
                        rotatesWebhookSecret: change.webhookSecret != nil,
                        credentials: change.credentials.value))
                try await gate.record(.repositorySecretsChanged, request, subject: "\(id)")
            } else {
                secret = nil
            }
            let webhook = secret.map {
                RepositoryDocument.Hook(
                    url: ConnectionRoutes.webhookURL(request, publicURL), secret: $0)
            }
            return try await workspaces.withStore(request) { store in
                let id = try store.transaction {
                    let record = try RepositoryFinder(store: store).repository(name)
                    try Self.apply(change, to: record, store, indexJob)
                    return record.id
                }
                // By its number, since its name may be another now.
                guard let changed = try store.repository(id: id) else {
                    throw Problem.notFound("there is no such repository")
                }
                var document = try Self.document(changed, store)
                document.webhook = webhook
                return Answer.json(document)
            }
        }
    }

    private static func apply(
        _ change: Change, to record: RepositoryRecord, _ store: IndexStore,
        _ indexJob: (@Sendable (Int, String?) -> JobRequest)?
    ) throws {
        let isLocal = try provider(of: record, store) == "local"
        if let name = change.name, name != record.name {
            if isLocal {
                throw Problem(.conflict, "a local repository is named after its folder")
            }
            try RemoteStore(connection: store.connection).setName(
                name, workspace: store.workspace, id: record.id)
        }
        let include = change.include ?? record.include
        let exclude = change.exclude ?? record.exclude
        guard include != record.include || exclude != record.exclude else { return }
        try store.setPatterns(ofRepository: record.id, include: include, exclude: exclude)
        guard let indexJob, !isLocal else { return }
        let jobs = try store.refs(ofRepository: record.id).filter { $0.name.hasPrefix("refs/") }
            .map { (workspace: store.workspace, request: indexJob(record.id, $0.name)) }
        try JobQueue(connection: store.connection).enqueue(jobs)
    }

    // MARK: Indexing

    private struct IndexRequest: Decodable { let ref: String? }
    private struct Queued: Encodable {
        struct Job: Encodable { let id: Int }
        let job: Job
    }

    private var index: Route {
        let (workspaces, indexJob) = (workspaces, indexJob)
        return Route(
            method: .post, path: Self.path + "/{r}/index", access: .workspace(.member, .index),
            operation: Operation(
                id: "indexRepository", tag: "repositories",
                summary:
                    "Brings a ref, or all refs that are followed, to where the remote has them.",
                description: """
                    `ref` is a branch, a tag, a full name, or `HEAD` for the remote's default branch; \
                    without it, or without a body, all refs are compared. A repository that rests \
                    because its remote refused is tried at once.
                    """,
                parameters: [.workspace, .repository],
                body: ["application/json": Schema.reference("IndexRequest")],
                isBodyOptional: true,
                answers: [.json(202, "QueuedJob", "The job that will do it.")],
                problems: [.conflict])
        ) { request in
            _ = try workspaces.workspace(of: request)
            let name = try request.pathParameter("r")
            let wanted = try await request.optionalBody(IndexRequest.self)?.ref
            try TextCheck.check(wanted, "ref", 1...1024)
            guard let indexJob else {
                throw Problem(.unavailable, "this server queues no jobs")
            }
            return try await workspaces.withStore(request) { store in
                let record = try RepositoryFinder(store: store).repository(name)
                guard try Self.provider(of: record, store) != "local" else {
                    throw Problem(
                        .conflict, "a local repository is indexed by 'gitdex index' in its folder")
                }
                let ref = try wanted.map {
                    try RepositoryFinder(store: store).fullName($0, of: record)
                }
                let job = (workspace: store.workspace, request: indexJob(record.id, ref))
                let ids = try store.transaction {
                    let queue = JobQueue(connection: store.connection)
                    // Whoever asks for it now knows better than what failed before.
                    try queue.endRest(workspace: store.workspace, scope: job.request.scope)
                    return try queue.enqueue([job])
                }
                return Answer.json(
                    Queued(job: .init(id: ids.first ?? 0)), status: .accepted)
            }
        }
    }
}
