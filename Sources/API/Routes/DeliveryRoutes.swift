internal import Accounts
internal import HTTPTypes
internal import Hummingbird
internal import Storage

/// What was delivered to the workspace's repositories.
struct DeliveryRoutes: Sendable {
    let workspaces: Workspaces
    let replay: (@Sendable (_ workspace: String, _ delivery: Int) async throws -> [Int])?

    var routes: [Route] { [list, show, again] }

    private static let path = "/v1/workspaces/{w}/deliveries"
    private static let delivery = Operation.Parameter.number("d", "The delivery's id.")

    private struct Replayed: Encodable { let jobs: [Int] }

    private var list: Route {
        let workspaces = workspaces
        return Route(
            method: .get, path: Self.path, access: .workspace(.member, .index),
            operation: Operation(
                id: "listDeliveries", tag: "deliveries",
                summary: "Lists webhook deliveries, the newest first.",
                parameters: [
                    .workspace,
                    .query("repo", Schema.text(1...400), "Only those of this repository."),
                    .cursor, .limit,
                ],
                answers: [.json(200, "Deliveries", "A page of deliveries.")])
        ) { request in
            let query = try request.query()
            let name = try query.one("repo")
            let cursor = try ListCursor(query)
            return try await workspaces.withStore(request) { store in
                let repository = try name.map {
                    try RepositoryFinder(store: store).repository($0).id
                }
                let deliveries = try DeliveryStore(connection: store.connection).list(
                    workspace: store.workspace, repository: repository, before: cursor.last,
                    limit: cursor.limit + 1)
                let page = cursor.page(deliveries, id: \.id)
                let documents = page.rows.map { DeliveryDocument(delivery: $0) }
                return Answer.json(
                    PageDocument(name: "deliveries", items: documents, next: page.next))
            }
        }
    }

    private var show: Route {
        let workspaces = workspaces
        return Route(
            method: .get, path: Self.path + "/{d}", access: .workspace(.admin, .admin),
            operation: Operation(
                id: "showDelivery", tag: "deliveries",
                summary: "Shows a delivery with its body, as it came.",
                parameters: [.workspace, Self.delivery],
                answers: [.json(200, "DeliveryWithBody", "The delivery.")])
        ) { request in
            let id = try request.pathNumber("d")
            return try await workspaces.withStore(request) { store in
                let deliveries = DeliveryStore(connection: store.connection)
                guard let found = try deliveries.delivery(workspace: store.workspace, id: id) else {
                    throw Problem.notFound("there is no such delivery")
                }
                let body = try deliveries.body(workspace: store.workspace, id: id)
                return Answer.json(DeliveryDocument(delivery: found, body: body))
            }
        }
    }

    private var again: Route {
        let (workspaces, replay) = (workspaces, replay)
        return Route(
            method: .post, path: Self.path + "/{d}/replay", access: .workspace(.member, .index),
            operation: Operation(
                id: "replayDelivery", tag: "deliveries",
                summary: "Does again what a delivery asks for.",
                parameters: [.workspace, Self.delivery],
                answers: [.json(202, "ReplayedDelivery", "Its jobs are queued.")],
                problems: [.conflict, .invalidBody])
        ) { request in
            let workspace = try workspaces.workspace(of: request)
            let id = try request.pathNumber("d")
            guard let replay else {
                throw Problem(.unavailable, "this server takes no deliveries")
            }
            let jobs = try await replay(workspace, id)
            return Answer.json(Replayed(jobs: jobs), status: .accepted)
        }
    }
}
