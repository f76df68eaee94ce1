public import Postgres
import Storage

/// Runs stored deliveries again by hand.
public struct DeliveryReplay {
    private let connection: Connection

    /// Makes it; costs nothing.
    ///
    /// - Parameter connection: A connection to a database with the schema of this program.
    public init(connection: Connection) {
        self.connection = connection
    }

    /// Runs a delivery again, for the repositories of its workspace that it names now.
    ///
    /// One transaction, or part of the caller's.
    ///
    /// - Parameters:
    ///   - workspace: The workspace's number.
    ///   - id: The delivery's number.
    /// - Returns: The jobs that were queued or joined.
    /// - Throws: ``WebhookError``, `StorageError` with code `notFound`, or what the database said.
    public func run(workspace: Int, id: Int) throws -> [Int] {
        try connection.transaction {
            let (request, actions) = try read(workspace: workspace, id: id)
            let found = try RemoteStore(connection: connection).matching(request.names)
                .map { $0.filter { $0.workspace == workspace } }
            let parts = request.parts(found, actions)
            guard !parts.isEmpty else {
                throw WebhookError(
                    .noRepository, "delivery \(id) names no repository that is connected",
                    remedy: "connect the repository, then replay it")
            }
            return try DeliveryWriter(connection).repeatDelivery(
                workspace: workspace, id: id, parts)
        }
    }

    private func read(
        workspace: Int, id: Int
    ) throws -> (ReadDelivery, [[DeliveryAction]]) {
        let store = DeliveryStore(connection: connection)
        guard let stored = try store.delivery(workspace: workspace, id: id) else {
            throw StorageError(
                code: .notFound, message: "there is no delivery \(id)",
                remedy: "list them with 'gitdex deliveries list'")
        }
        let isForm = stored.contentType == .form
        let reading = ReadDelivery.read(
            [
                "x-github-event": stored.event, "x-github-delivery": stored.guid,
                "content-type": isForm ? "application/x-www-form-urlencoded" : "application/json",
            ], try store.body(workspace: workspace, id: id))
        guard case .success(let request) = reading, let actions = try request.event.actions()
        else {
            throw WebhookError(
                .nothingToDo, "delivery \(id) asks for nothing",
                remedy: "look at it with 'gitdex deliveries show \(id)'")
        }
        return (request, actions)
    }
}
