/// What the document says of one route.
struct Operation: Sendable {
    /// A parameter of the path, the query or the header.
    struct Parameter: Sendable {
        enum Place: String, Sendable { case path, query, header }

        let name: String
        let place: Place
        let schema: JSONNode
        let description: String
        var isRequired = false
    }

    /// An answer that is no problem.
    struct Answer: Sendable {
        let status: Int
        let description: String
        /// The schema by media type; empty for an answer without a body.
        var content: [String: JSONNode] = [:]
        /// Header fields that it bears beside `X-Request-ID`.
        var headers: [String] = []
    }

    let id: String
    let tag: String
    let summary: String
    var description = ""
    var parameters: [Parameter] = []
    /// The schema of the body, by media type; nil where none is taken.
    var body: [String: JSONNode]?
    /// Whether the body may be left out.
    var isBodyOptional = false
    var answers: [Answer]
    /// The problems it may answer with beside those of every route.
    var problems: Set<ProblemKind> = []

    /// The names of the parameters that may stand in the query.
    var queryNames: [String] { parameters.filter { $0.place == .query }.map(\.name) }
}

extension Operation.Answer {
    /// An answer in JSON, of a named schema.
    static func json(
        _ status: Int, _ schema: String, _ description: String, headers: [String] = []
    ) -> Operation.Answer {
        Operation.Answer(
            status: status, description: description,
            content: ["application/json": Schema.reference(schema)], headers: headers)
    }

    /// An answer without a body.
    static func empty(_ status: Int, _ description: String) -> Operation.Answer {
        Operation.Answer(status: status, description: description)
    }

    /// What the client has is still true.
    static let notModified = Operation.Answer(
        status: 304, description: "Nothing has changed since the answer with that ETag.",
        headers: ["ETag"])
}

extension Operation.Parameter {
    static let workspace = Operation.Parameter(
        name: "w", place: .path, schema: Schema.text(1...64),
        description: "The workspace; `local` on a server started with `--local`.",
        isRequired: true)
    static let repository = Operation.Parameter(
        name: "r", place: .path, schema: Schema.text(1...400),
        description: "The repository: its id, or its name.", isRequired: true)
    static let cursor = query(
        "cursor", Schema.text(1...1024),
        "Where the page begins: the `next_cursor` of the page before.")
    static let limit = query(
        "limit", Schema.whole(1...APILimits.maximumPageRows, default: APILimits.pageRows),
        "How many rows a page has.")
    static let ifNoneMatch = Operation.Parameter(
        name: "If-None-Match", place: .header, schema: Schema.text,
        description: "The `ETag` of an answer at hand.")

    static func query(
        _ name: String, _ schema: JSONNode, _ description: String, isRequired: Bool = false
    ) -> Operation.Parameter {
        Operation.Parameter(
            name: name, place: .query, schema: schema, description: description,
            isRequired: isRequired)
    }

    static func name(_ name: String, _ description: String) -> Operation.Parameter {
        Operation.Parameter(
            name: name, place: .path, schema: Schema.text(1...64), description: description,
            isRequired: true)
    }

    static func number(_ name: String, _ description: String) -> Operation.Parameter {
        Operation.Parameter(
            name: name, place: .path,
            schema: ["type": "integer", "minimum": 1, "maximum": .number(Int.max)],
            description: description, isRequired: true)
    }
}
