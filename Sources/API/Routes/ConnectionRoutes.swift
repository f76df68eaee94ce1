internal import Accounts
internal import HTTPTypes
internal import Hummingbird
internal import Storage

/// Repositories coming and going.
struct ConnectionRoutes: Sendable {
    let workspaces: Workspaces
    let gate: AccountGate
    let publicURL: String?
    let connect: (@Sendable (ConnectRequest) async throws -> ConnectedRepository)?
    let disconnect: (@Sendable (_ workspace: String, _ repository: Int) async throws -> Void)?

    var routes: [Route] { [create, delete] }

    private struct NewRepository: Decodable {
        enum Provider: String, Decodable { case git, github }

        let url: String
        let name: String?
        let provider: Provider?
        let credentials: RepositoryCredentials?

        func check() throws(Problem) {
            try TextCheck.check(url, "url", 1...2048)
            try RepositoryNames.check(name)
            try credentials?.check()
        }
    }

    private var create: Route {
        let (workspaces, connect, gate, publicURL) = (workspaces, connect, gate, publicURL)
        return Route(
            method: .post, path: RepositoryRoutes.path, access: .workspace(.admin, .admin),
            operation: Operation(
                id: "connectRepository", tag: "repositories", summary: "Connects a repository.",
                description: """
                    The answer holds the secret that its webhooks are signed with; it is shown \
                    this once. Credentials are a `token`, with a `username` where the host wants \
                    one, or an `ssh_key`, with its `passphrase`.
                    """,
                parameters: [.workspace],
                body: ["application/json": Schema.reference("NewRepository")],
                answers: [
                    .json(
                        201, "ConnectedRepository", "It is connected, and will be indexed.",
                        headers: ["Location"])
                ],
                problems: [.conflict])
        ) { request in
            let workspace = try workspaces.workspace(of: request)
            let wanted = try await request.body(NewRepository.self)
            try wanted.check()
            guard let connect else {
                throw Problem(.unavailable, "this server connects no repositories")
            }
            let made = try await connect(
                ConnectRequest(
                    workspace: workspace, url: wanted.url, name: wanted.name,
                    provider: wanted.provider?.rawValue, credentials: wanted.credentials?.value))
            try await gate.record(.repositoryConnected, request, subject: "\(made.id)")
            let webhook = RepositoryDocument.Hook(
                url: Self.webhookURL(request, publicURL), secret: made.webhookSecret,
                isSetUp: made.webhookIsSetUp)
            return try await workspaces.withStore(request) { store in
                guard let record = try store.repository(id: made.id) else {
                    throw Problem.notFound("the repository was removed meanwhile")
                }
                var document = try RepositoryRoutes.document(record, store)
                document.webhook = webhook
                var response = Answer.json(document, status: .created)
                response.headers[.location] =
                    "/v1/workspaces/\(workspace)/repositories/\(made.id)"
                return response
            }
        }
    }

    /// Where the provider can reach this server: as the settings say, else as far as the client's
    /// own way here shows it.
    static func webhookURL(_ request: APIRequest, _ publicURL: String?) -> String {
        if let publicURL { return publicURL + "/webhooks/github" }
        let isSecure = request.headers[.forwardedProto] == "https"
        let host = request.request.head.authority ?? "localhost"
        return (isSecure ? "https://" : "http://") + host + "/webhooks/github"
    }

    private var delete: Route {
        let (workspaces, disconnect, gate) = (workspaces, disconnect, gate)
        return Route(
            method: .delete, path: RepositoryRoutes.path + "/{r}",
            access: .workspace(.admin, .admin),
            operation: Operation(
                id: "disconnectRepository", tag: "repositories",
                summary: "Forgets a repository with all that is indexed of it.",
                parameters: [.workspace, .repository],
                answers: [.empty(204, "It is forgotten.")])
        ) { request in
            let workspace = try workspaces.workspace(of: request)
            let name = try request.pathParameter("r")
            let remote: Int? = try await workspaces.withStore(request) { store in
                let record = try RepositoryFinder(store: store).repository(name)
                guard try RepositoryRoutes.provider(of: record, store) == "local" else {
                    return record.id
                }
                try store.deleteRepository(record.id)
                return nil
            }
            if let remote {
                guard let disconnect else {
                    throw Problem(.unavailable, "this server disconnects no repositories")
                }
                try await disconnect(workspace, remote)
            }
            try await gate.record(.repositoryDisconnected, request, subject: name)
            return Answer.empty(.noContent)
        }
    }
}
