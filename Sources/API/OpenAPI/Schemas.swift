/// The named schemas of the document: what clients send and get.
enum Schemas {
    static let all: [String: JSONNode] = [
        answers, bodies, accountAnswers, accountBodies, githubAnswers,
    ].reduce(into: [:]) { all, part in all.merge(part) { first, _ in first } }

    private static let answers: [String: JSONNode] = [
        "Problem": Schema.object([
            "type": Schema.words(ProblemKind.allCases.map(\.type)), "title": Schema.text,
            "status": Schema.whole(400...599), "detail": Schema.text, "request_id": Schema.text,
        ]),
        "State": Schema.object(["status": Schema.text]),
        "Freshness": Schema.object(freshness),
        "SearchResult": searchResult,
        "SearchAnswer": Schema.object([
            "query": Schema.text, "mode": Schema.text, "took_ms": Schema.number,
            "results": Schema.list(Schema.reference("SearchResult")),
            "answered_by": Schema.list(Schema.text),
            "freshness": Schema.list(Schema.reference("Freshness")),
            "next_cursor": Schema.nullable(Schema.text),
        ]),
        "Status": Schema.object(["refs": Schema.list(Schema.reference("RefStatus"))]),
        "RefStatus": Schema.object(refStatus),
        "File": Schema.object([
            "repository": Schema.text, "ref": Schema.text, "commit": Schema.commit,
            "path": Schema.text, "blob": Schema.commit, "mode": Schema.text,
            "language": Schema.text, "lines": Schema.count, "content": Schema.text,
        ]),
        "Ref": Schema.object([
            "name": Schema.text, "indexed_commit": Schema.nullable(Schema.commit),
            "seen_commit": Schema.nullable(Schema.commit), "behind": Schema.nullable(Schema.count),
        ]),
        "Repository": repository([:]),
        "ConnectedRepository": repository(["webhook": webhook]),
        "ChangedRepository": repository(["webhook": webhook], optional: ["webhook"]),
        "Repositories": Schema.page("repositories", of: "Repository"),
        "QueuedJob": Schema.object(["job": Schema.object(["id": Schema.integer])]),
        "Job": job,
        "Jobs": Schema.page("jobs", of: "Job"),
        "Delivery": delivery([:]),
        "DeliveryWithBody": delivery(["body": Schema.text]),
        "Deliveries": Schema.page("deliveries", of: "Delivery"),
        "ReplayedDelivery": Schema.object(["jobs": Schema.list(Schema.integer)]),
        "ReceivedDelivery": Schema.object([
            "outcome": Schema.words(["accepted", "duplicate"]), "jobs": Schema.count,
        ]),
    ]

    private static let freshness: [String: JSONNode] = [
        "repository": Schema.text, "ref": Schema.text, "indexed_commit": Schema.commit,
        "seen_commit": Schema.commit, "behind": Schema.nullable(Schema.count),
        "files_left_out": Schema.count,
    ]

    private static let searchResult = Schema.object(
        [
            "repository": Schema.text, "ref": Schema.text, "commit": Schema.commit,
            "path": Schema.text, "language": Schema.text, "symbol": Schema.nullable(Schema.text),
            "kind": Schema.text, "start_line": ["type": "integer", "minimum": 1],
            "end_line": ["type": "integer", "minimum": 1],
            // Where the symbol's definition begins, if within these lines.
            "symbol_line": Schema.nullable(Schema.integer), "score": Schema.number,
            "signals": ["type": "object", "additionalProperties": ["type": "integer"]],
            "snippet": Schema.text,
            // Of an issue and the like, in place of the ref, the commit and the lines.
            "number": Schema.nullable(Schema.integer), "title": Schema.text, "url": Schema.text,
            "state": Schema.nullable(Schema.text), "author": Schema.nullable(Schema.text),
        ],
        optional: [
            "ref", "commit", "start_line", "end_line", "symbol_line", "number", "title", "url",
            "state", "author",
        ])

    private static let refStatus = freshness.merging([
        "location": Schema.text, "files": Schema.count, "chunks": Schema.count,
        "include": Schema.list(Schema.text), "exclude": Schema.list(Schema.text),
        "left_out": Schema.list(Schema.object(["path": Schema.text, "reason": Schema.text])),
    ]) { first, _ in first }

    private static let webhook = Schema.object([
        "url": Schema.text, "secret": Schema.text, "is_set_up": Schema.boolean,
    ])

    private static func repository(
        _ more: [String: JSONNode], optional: Set<String> = []
    ) -> JSONNode {
        Schema.object(
            [
                "id": Schema.integer, "name": Schema.text, "url": Schema.text,
                "provider": Schema.text, "include": Schema.list(Schema.text),
                "exclude": Schema.list(Schema.text),
                "refs": Schema.list(Schema.reference("Ref")),
            ].merging(more) { first, _ in first }, optional: optional)
    }

    private static let job = Schema.object(
        [
            "id": Schema.integer, "kind": Schema.text, "key": Schema.text,
            "state": Schema.words([
                "waiting", "running", "done", "failed", "superseded", "cancelled",
            ]),
            "attempts": Schema.count, "error": Schema.text, "worker": Schema.text,
            "progress": Schema.object(["done": Schema.count, "total": Schema.count]),
            // From when on a waiting job can run, pauses included.
            "due": Schema.time,
            "created_at": Schema.time, "started_at": Schema.time, "finished_at": Schema.time,
        ], optional: ["error", "worker", "progress", "due", "started_at", "finished_at"])

    private static func delivery(_ more: [String: JSONNode]) -> JSONNode {
        let job = Schema.object(["id": Schema.integer, "state": Schema.nullable(Schema.text)])
        return Schema.object(
            [
                "id": Schema.integer, "guid": Schema.text, "event": Schema.text,
                "repository": Schema.nullable(Schema.text), "received_at": Schema.time,
                "outcome": Schema.words(["noted", "pending", "done", "failed"]),
                "runs": Schema.count, "bytes": Schema.count, "jobs": Schema.list(job),
            ].merging(more) { first, _ in first })
    }

    // MARK: Bodies that clients send

    private static let bodies: [String: JSONNode] = [
        "NewRepository": Schema.object(
            [
                "url": Schema.text(1...2048), "name": Schema.nullable(name),
                "provider": Schema.nullable(Schema.words(["git", "github"])),
                "credentials": Schema.nullable(credentials),
            ], optional: ["name", "provider", "credentials"]),
        "RepositoryChange": Schema.object(
            [
                "name": Schema.nullable(name),
                "include": Schema.nullable(patterns), "exclude": Schema.nullable(patterns),
                "webhook_secret": Schema.nullable(Schema.words(["rotate"])),
                "credentials": Schema.nullable(credentials),
            ], optional: ["name", "include", "exclude", "webhook_secret", "credentials"]),
        "IndexRequest": Schema.object(
            ["ref": Schema.nullable(Schema.text(1...1024))], optional: ["ref"]),
    ]

    /// A repository's name; numbers are ids.
    private static let name: JSONNode = [
        "type": "string", "minLength": 1, "maxLength": 200,
        "pattern": .text(RepositoryNames.pattern),
    ]

    private static let credentials: JSONNode = [
        "oneOf": [
            Schema.object(
                ["token": Schema.text(1...4096), "username": Schema.text(1...256)],
                optional: ["username"]),
            Schema.object(
                ["ssh_key": Schema.text(1...16384), "passphrase": Schema.text(1...1024)],
                optional: ["passphrase"]),
        ]
    ]

    private static let patterns: JSONNode = [
        "type": "array", "maxItems": 200, "items": Schema.text(1...1024),
    ]
}

extension Schema {
    static func whole(_ range: ClosedRange<Int>) -> JSONNode {
        [
            "type": "integer", "minimum": .number(range.lowerBound),
            "maximum": .number(range.upperBound),
        ]
    }
}
