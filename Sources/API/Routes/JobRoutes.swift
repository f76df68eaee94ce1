internal import Accounts
internal import HTTPTypes
internal import Hummingbird
internal import Queue
internal import Storage

/// The queue, as one workspace sees it.
struct JobRoutes: Sendable {
    let workspaces: Workspaces

    var routes: [Route] { [list, show, retry, cancel] }

    private static let path = "/v1/workspaces/{w}/jobs"
    private static let job = Operation.Parameter.number("j", "The job's id.")

    private var list: Route {
        let workspaces = workspaces
        return Route(
            method: .get, path: Self.path, access: .workspace(.reader, .search),
            operation: Operation(
                id: "listJobs", tag: "jobs", summary: "Lists jobs, the newest first.",
                parameters: [
                    .workspace,
                    .query(
                        "state", Schema.words(JobState.allCases.map(\.rawValue)),
                        "Only jobs in this state."),
                    .query("kind", Schema.text(1...64), "Only jobs of this kind."),
                    .cursor, .limit,
                ],
                answers: [.json(200, "Jobs", "A page of jobs.")])
        ) { request in
            let query = try request.query()
            let state = try query.choice("state", JobState.self)
            let kind = try query.one("kind")
            let cursor = try ListCursor(query)
            return try await workspaces.withStore(request) { store in
                let jobs = try JobQueue(connection: store.connection).list(
                    workspace: store.workspace, state: state, kind: kind, before: cursor.last,
                    limit: cursor.limit + 1)
                let page = cursor.page(jobs, id: \.id)
                let ends = try JobQueue(connection: store.connection)
                    .pauseEnds(workspace: store.workspace)
                let documents = page.rows.map { JobDocument(job: $0, pauseEnds: ends) }
                return Answer.json(
                    PageDocument(
                        name: "jobs", items: documents, next: page.next))
            }
        }
    }

    private var show: Route {
        one(
            .get, path: Self.path + "/{j}", id: "showJob", summary: "Shows a job."
        ) { queue, workspace, id in
            guard let job = try queue.job(workspace: workspace, id: id) else {
                throw Problem.notFound("there is no such job")
            }
            return job
        }
    }

    private var retry: Route {
        one(
            .post, path: Self.path + "/{j}/retry", id: "retryJob",
            summary: "Runs a job again, or sooner.",
            description: """
                A job that has ended waits again; where another for the same thing waits already, \
                that one is made due and returned.
                """
        ) { queue, workspace, id in try queue.retry(workspace: workspace, id: id) }
    }

    private var cancel: Route {
        one(
            .delete, path: Self.path + "/{j}", id: "cancelJob", summary: "Calls a job off.",
            description: "What a running job has not committed by now does not count."
        ) { queue, workspace, id in try queue.cancel(workspace: workspace, id: id) }
    }

    /// A route about one job that answers with the job as it is then.
    private func one(
        _ method: HTTPRequest.Method, path: String, id: String, summary: String,
        description: String = "",
        _ body: @escaping @Sendable (JobQueue, _ workspace: Int, _ id: Int) throws -> Job
    ) -> Route {
        let workspaces = workspaces
        return Route(
            method: method, path: path,
            access: method == .get
                ? .workspace(.reader, .search) : .workspace(.member, .index),
            operation: Operation(
                id: id, tag: "jobs", summary: summary, description: description,
                parameters: [.workspace, Self.job],
                answers: [.json(200, "Job", "The job.")],
                problems: method == .get ? [] : [.conflict])
        ) { request in
            let id = try request.pathNumber("j")
            return try await workspaces.withStore(request) { store in
                let queue = JobQueue(connection: store.connection)
                let job = try body(queue, store.workspace, id)
                let ends = try queue.pauseEnds(workspace: store.workspace)
                return Answer.json(JobDocument(job: job, pauseEnds: ends))
            }
        }
    }
}
