internal import HTTPTypes
internal import Hummingbird
internal import Postgres
internal import Storage

/// Whether the server lives, can work, and how it does.
struct HealthRoutes: Sendable {
    let pool: Pool
    let metrics: @Sendable () -> String

    var routes: [Route] { [alive, ready, measurements] }

    private struct State: Encodable { let status: String }

    private var alive: Route {
        Route(
            method: .get, path: "/healthz", access: .anyone,
            operation: Operation(
                id: "health", tag: "server", summary: "Whether the server lives.",
                answers: [.json(200, "State", "It lives.")]),
            throttling: .none
        ) { _ in Answer.json(State(status: "ok")) }
    }

    private var ready: Route {
        let pool = pool
        return Route(
            method: .get, path: "/readyz", access: .anyone,
            operation: Operation(
                id: "readiness", tag: "server",
                summary: "Whether the server can work: its database answers and has the schema.",
                answers: [.json(200, "State", "It can work.")]),
            throttling: .none
        ) { request in
            let isCurrent = try await Deadline.run(
                APILimits.readinessTime, on: request.context.eventLoop, kind: .unavailable
            ) {
                try await pool.withConnection { try SchemaMigrator(connection: $0).isCurrent() }
            }
            guard isCurrent else {
                throw Problem(.unavailable, "the database's schema is older than this server")
            }
            return Answer.json(State(status: "ready"))
        }
    }

    private var measurements: Route {
        let metrics = metrics
        return Route(
            method: .get, path: "/metrics", access: .anyone,
            operation: Operation(
                id: "metrics", tag: "server", summary: "Metrics for Prometheus.",
                answers: [
                    Operation.Answer(
                        status: 200, description: "Prometheus' text format, version 0.0.4.",
                        content: ["text/plain": Schema.text])
                ]),
            throttling: .none
        ) { _ in
            Answer.text(
                ByteBuffer(string: metrics()), type: "text/plain; version=0.0.4; charset=utf-8")
        }
    }
}
