internal import Accounts
internal import Embedding
internal import Git
internal import HTTPTypes
internal import Hummingbird
internal import Metrics
internal import Search
internal import Storage

/// Search, and what is like a place.
struct SearchRoutes: Sendable {
    let workspaces: Workspaces
    let embedder: any Embedder

    var routes: [Route] { [search, related] }

    private static let limit = Operation.Parameter.query(
        "limit", Schema.whole(1...SearchRequest.maximumLimit, default: 10),
        "How many results a page has.")
    private static let repository = Operation.Parameter.query(
        "repo", Schema.text(1...400), "Only this repository, by its name or id.")
    private static let ref = Operation.Parameter.query(
        "ref", Schema.text(1...1024),
        "A branch, tag or commit; without it, of each repository the remote's default branch, or the "
            + "ref that was indexed last.")

    private static func words(_ name: String, _ description: String) -> Operation.Parameter {
        .query(
            name,
            [
                "type": "array", "items": Schema.text(1...1024),
                "maxItems": .number(APILimits.repetitions),
            ], description)
    }

    // MARK: Search

    private var search: Route {
        Route(
            method: .get, path: "/v1/workspaces/{w}/search", access: .workspace(.reader, .search),
            operation: Operation(
                id: "search", tag: "search",
                summary: "Finds code by what it does, what it says, or what it is called.",
                description: """
                    Inside the query `sym:`, `path:`, `lang:`, `kind:`, `repo:` and `ref:` narrow \
                    the search, `-word` leaves out, and `"some words"` must stand together.
                    """,
                parameters: [
                    .workspace,
                    .query(
                        "q", Schema.text(1...1024), "What is looked for.", isRequired: true),
                    Self.repository, Self.ref,
                    Self.words("path", "A pattern of paths, of which one must fit; repeatable."),
                    Self.words("lang", "A language, of which a file must have one; repeatable."),
                    Self.words(
                        "kind",
                        "`code`, `issue`, `pr`, `comment`, `review`, `release` or `discussion`; "
                            + "repeatable, all unless told otherwise."),
                    .query(
                        "mode", Schema.words(SearchMode.allCases.map(\.rawValue)),
                        "How the query is answered; `hybrid` unless told otherwise."),
                    Self.limit, .cursor, .ifNoneMatch,
                ],
                answers: [
                    .json(200, "SearchAnswer", "A page of places.", headers: ["ETag"]),
                    .notModified,
                ],
                problems: [.invalidQuery, .tooExpensive, .conflict]),
            handle: answerSearch)
    }

    @Sendable private func answerSearch(_ request: APIRequest) async throws -> Response {
        let query = try request.query()
        var wanted = SearchRequest(query: try query.required("q"))
        wanted.mode = try query.choice("mode", SearchMode.self) ?? .hybrid
        wanted.ref = try query.one("ref")
        wanted.path = query.all("path")
        wanted.language = query.all("lang")
        wanted.kind = query.all("kind")
        wanted.limit = try query.number("limit", in: 1...SearchRequest.maximumLimit, default: 10)
        wanted.cursor = try query.one("cursor")
        let (repository, prepared) = (try query.one("repo"), wanted)
        let mode = wanted.mode.rawValue
        return try await answer(request, repository: repository, query: wanted.query, mode: mode) {
            searcher, name in
            var wanted = prepared
            wanted.repository = name
            return try searcher.search(wanted)
        }
    }

    // MARK: Related

    private var related: Route {
        Route(
            method: .get, path: "/v1/workspaces/{w}/related", access: .workspace(.reader, .search),
            operation: Operation(
                id: "related", tag: "search", summary: "Finds the code most like that at a place.",
                parameters: [
                    .workspace,
                    .query(
                        "path", Schema.text(1...1024), "The file's path, as answers write it.",
                        isRequired: true),
                    .query(
                        "line", Schema.whole(1...Int(Int32.max)), "A line of it, from 1.",
                        isRequired: true),
                    Self.repository, Self.ref, Self.limit, .ifNoneMatch,
                ],
                answers: [
                    .json(
                        200, "SearchAnswer", "The places, the most alike first.", headers: ["ETag"]),
                    .notModified,
                ],
                problems: [.tooExpensive]),
            handle: answerRelated)
    }

    @Sendable private func answerRelated(_ request: APIRequest) async throws -> Response {
        let query = try request.query()
        let path = try query.required("path")
        _ = try query.required("line")
        let line = try query.number("line", in: 1...Int(Int32.max), default: 1)
        let limit = try query.number("limit", in: 1...SearchRequest.maximumLimit, default: 10)
        let (repository, ref) = (try query.one("repo"), try query.one("ref"))
        let place = GitPath(percentEncoded: path) ?? GitPath(path)
        return try await answer(
            request, repository: repository, query: "\(path):\(line)", mode: "related"
        ) { searcher, name in
            try searcher.related(repository: name, ref: ref, path: place, line: line, limit: limit)
        }
    }

    // MARK: Both

    /// Answers from the index, or says that the client knows the answer.
    private func answer(
        _ request: APIRequest, repository: String?, query: String, mode: String,
        _ find: @escaping @Sendable (Searcher, _ repository: String?) throws -> SearchAnswer
    ) async throws -> Response {
        let embedder = embedder
        let (headers, asked) = (request.headers, request.request.uri.query ?? "")
        return try await workspaces.withStore(request) { store in
            let record = try repository.map {
                try RepositoryFinder(store: store).repository($0)
            }
            let name = record?.name
            // Of a moment before the answer's: an answer that is newer is only asked for again.
            let refs = try store.searchableRefs(repository: name).map(\.ref)
            let tag = EntityTag(
                refs: refs, repositories: try record.map { [$0] } ?? store.repositories(),
                asked: mode + "?" + asked)
            if tag.isKnown(to: headers) { return Answer.notModified(tag) }
            let answer = try find(Searcher(store: store, embedder: embedder), name)
            Metrics.Timer(
                label: APIMetrics.searchSeconds, dimensions: [("mode", mode)]
            ).recordNanoseconds(answer.duration.nanoseconds)
            return Answer.json(
                SearchAnswerDocument(answer: answer, query: query, mode: mode), tag: tag)
        }
    }
}
