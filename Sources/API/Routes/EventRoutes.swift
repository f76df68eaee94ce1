internal import Accounts
internal import HTTPTypes
internal import Hummingbird
internal import Storage

/// What happens in a workspace, as it happens.
struct EventRoutes: Sendable {
    let workspaces: Workspaces
    let hub: EventHub
    let heartbeat: Duration
    let lifetime: Duration

    var routes: [Route] {
        [
            Route(
                method: .get, path: "/v1/workspaces/{w}/events",
                access: .workspace(.reader, .search),
                operation: Operation(
                    id: "events", tag: "events",
                    summary: "Server-sent events: job progress and index updates.",
                    description: """
                        `job` events bear the job's `id`, `kind`, `state`, `attempts` and \
                        `progress`; `index` events `repository`, `ref` and `commit`. The stream \
                        begins with what happens from now on, or after `Last-Event-ID`. Where that \
                        is ahead of all events there are, as after a database was put back, it \
                        begins now, with a `reset` event: read anew what you keep. A comment \
                        is sent when there is nothing to say for \
                        \(heartbeat.components.seconds) seconds. Where people sign in, a stream ends \
                        after \(lifetime.components.seconds) seconds: open it again, after the last id.
                        """,
                    parameters: [
                        .workspace,
                        Operation.Parameter(
                            name: "Last-Event-ID", place: .header,
                            schema: ["type": "string", "pattern": "^[0-9]{1,18}$"],
                            description: "The id of the last event that was seen."),
                    ],
                    answers: [
                        Operation.Answer(
                            status: 200, description: "The events, until one side ends them.",
                            content: ["text/event-stream": Schema.text])
                    ]),
                handle: answer)
        ]
    }

    @Sendable private func answer(_ request: APIRequest) async throws -> Response {
        _ = try request.query()
        let given = request.headers[.lastEventID]
        let after = given.flatMap { DecimalNumber.parse($0) }
        if given != nil, after == nil {
            throw Problem(.invalidParameter, "'Last-Event-ID' must be the id of an event")
        }
        let start = try await workspaces.withStore(request) { store in
            let events = EventStore(connection: store.connection)
            let last = try events.last(workspace: store.workspace) ?? 0
            return (
                workspace: store.workspace, after: min(after ?? last, last),
                isReset: after.map { $0 > last } ?? false
            )
        }
        let principal = try request.principal()
        guard hub.hasRoom(for: principal.actor) else {
            throw Problem(.overloaded, "too many streams of events are open already")
        }
        let stream = EventStream(
            hub: hub, pool: workspaces.pool, workspace: start.workspace, after: start.after,
            isReset: start.isReset,
            heartbeat: heartbeat, owner: principal.actor,
            lifetime: principal == .local ? nil : lifetime)
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/event-stream", .cacheControl: "no-store",
            ],
            body: ResponseBody { writer in try await stream.write(to: &writer) })
    }
}
