import Git
import Postgres
import Storage
import Transfer

extension SyncRun {
    private static let fields = """
        number title body url createdAt updatedAt closed author { login } category { name }
        answer { databaseId }
        comments(first: \(SyncLimits.commentsPerPage)) { \(commentFields) }
        """
    private static let commentFields = """
        pageInfo { hasNextPage endCursor }
        nodes { databaseId body url createdAt updatedAt isAnswer author { login } }
        """
    private static let listQuery = """
        query($owner: String!, $name: String!, $after: String, $order: DiscussionOrder!) {
          repository(owner: $owner, name: $name) {
            discussions(first: \(SyncLimits.discussionsPerPage), after: $after, orderBy: $order) {
              pageInfo { hasNextPage endCursor }
              nodes { \(fields) }
            }
          }
        }
        """
    private static let oneQuery = """
        query($owner: String!, $name: String!, $number: Int!) {
          repository(owner: $owner, name: $name) { discussion(number: $number) { \(fields) } }
        }
        """
    private static let commentsQuery = """
        query($owner: String!, $name: String!, $number: Int!, $after: String) {
          repository(owner: $owner, name: $name) {
            discussion(number: $number) {
              comments(first: \(SyncLimits.commentsPerPage), after: $after) { \(commentFields) }
            }
          }
        }
        """

    /// Reads a page of discussions, each with all its comments.
    func discussions(_ record: SyncedStreamRecord) throws -> PassPage? {
        let order = JSONValue.object([
            .init("field", .string(record.passIsFull ? "CREATED_AT" : "UPDATED_AT")),
            .init("direction", .string(record.passIsFull ? "ASC" : "DESC")),
        ])
        let (found, rest, date) = try ask(
            Self.listQuery,
            [
                .init("after", record.nextPage.map { .string($0) } ?? .null),
                .init("order", order),
            ])
        guard let list = found["discussions"], let nodes = list["nodes"] else {
            throw GitHubError.malformed
        }
        var page = PassPage(items: [], next: Self.cursor(of: list), date: date, rest: rest)
        for node in nodes.elements {
            let changed = Timestamp(node["updatedAt"])
            if !record.passIsFull, let since = record.since, let changed, changed < since {
                page.reachesBack = true
                break
            }
            try add(node, to: &page)
        }
        return page
    }

    /// A discussion with all its comments; nil where it is gone.
    func discussion(_ number: Int) throws -> PassPage? {
        let (found, rest, date) = try ask(
            Self.oneQuery, [.init("number", .number("\(number)"))], mayBeMissing: true)
        guard let node = found["discussion"], !node.isNull else { return nil }
        var page = PassPage(items: [], date: date, rest: rest)
        try add(node, to: &page)
        return page
    }

    private func add(_ node: JSONValue, to page: inout PassPage) throws {
        guard let number = node["number"]?.int, let title = node["title"]?.string else { return }
        page.items.append(
            record(
                .discussion, node, id: number, number: number, path: "discussions/\(number)",
                title: title, state: node["closed"]?.bool == true ? "closed" : "open"))
        var comments = node["comments"] ?? .null
        var listed: Set<Int> = []
        for _ in 0..<SyncLimits.discussionCommentPages {
            for comment in (comments["nodes"] ?? .null).elements {
                guard let id = comment["databaseId"]?.int else { continue }
                listed.insert(id)
                page.items.append(
                    record(
                        .discussionComment, comment, id: id, number: number,
                        path: "discussions/\(number)/comments/\(id)", title: "",
                        state: comment["isAnswer"]?.bool == true ? "answer" : nil))
            }
            guard let after = Self.cursor(of: comments) else {
                // All are here, so that one that is not has gone.
                page.gone += try store.discussionComments(of: number).subtracting(listed).sorted()
                    .map { .init(kind: .discussionComment, externalID: $0, number: number) }
                return
            }
            let (found, rest, _) = try ask(
                Self.commentsQuery,
                [.init("number", .number("\(number)")), .init("after", .string(after))])
            page.rest = rest ?? page.rest
            comments = found["discussion"]?["comments"] ?? .null
        }
    }

    private func record(
        _ kind: SyncedKind, _ node: JSONValue, id: Int, number: Int, path: String, title: String,
        state: String?
    ) -> SyncedItemRecord {
        SyncedItemRecord(
            kind: kind, externalID: id, number: number, path: GitPath(path), title: title,
            url: node["url"]?.string ?? "", author: node["author"]?["login"]?.string, state: state,
            createdAt: Timestamp(node["createdAt"]), updatedAt: Timestamp(node["updatedAt"]),
            body: node.without("comments").encoded(),
            text: SyncedItemRecord.text(
                of: kind, title: title, body: node["body"]?.string ?? ""))
    }

    private static func cursor(of list: JSONValue) -> String? {
        guard list["pageInfo"]?["hasNextPage"]?.bool == true else { return nil }
        return list["pageInfo"]?["endCursor"]?.string
    }

    /// Asks GraphQL about the repository; what it refuses becomes an error as from REST.
    private func ask(
        _ query: String, _ variables: [JSONValue.Member], mayBeMissing: Bool = false
    ) throws -> (repository: JSONValue, rest: Duration?, date: Int?) {
        let parts = repository.fullName.split(separator: "/").map(String.init)
        let answer = try client.query(
            .object([
                .init("query", .string(query)),
                .init(
                    "variables",
                    .object(
                        [
                            .init("owner", .string(parts.first ?? "")),
                            .init("name", .string(parts.last ?? "")),
                        ] + variables)),
            ]))
        guard answer.isSuccess else { throw GitHubError.failure(of: answer) }
        guard let document = JSONValue(answer.body) else { throw GitHubError.malformed }
        if let error = document["errors"]?.elements.first {
            let isMissing = error["type"]?.string == "NOT_FOUND"
            if !(isMissing && mayBeMissing) { throw GitHubError.failure(ofQuery: error, answer) }
        }
        guard let found = document["data"]?["repository"], !found.isNull else {
            throw GitHubError.malformed
        }
        let isLast = answer.headers["x-ratelimit-remaining"] == "0"
        return (
            found, isLast ? GitHubError.untilReset(answer).map { .seconds($0) } : nil,
            answer.headers["date"].flatMap(HTTPDate.seconds(http:))
        )
    }
}

extension JSONValue {
    func without(_ name: String) -> JSONValue {
        guard case .object(let members) = self else { return self }
        return .object(members.filter { $0.name != name })
    }
}

extension GitHubError {
    /// What an error of a GraphQL answer says, whose status is that of success.
    static func failure(ofQuery error: JSONValue, _ answer: HTTPResponse) -> GitHubError {
        let said = printable(error["message"]?.string ?? "")
        switch error["type"]?.string {
        case "RATE_LIMITED":
            return GitHubError(
                code: .rateLimited, message: "GitHub wants to be left alone for a while (\(said))",
                remedy: "it is asked again later",
                retryAfter: .seconds(untilReset(answer) ?? secondaryLimitSeconds))
        case "NOT_FOUND":
            return GitHubError(
                code: .notFound, message: "GitHub has no such thing, or hides it (\(said))",
                remedy: "check that the account may see it")
        case "FORBIDDEN", "INSUFFICIENT_SCOPES":
            return GitHubError(
                code: .forbidden, message: "GitHub does not allow that (\(said))",
                remedy: "give the account or the app the right to it at GitHub")
        default:
            return GitHubError(
                code: .rejected, message: "GitHub did not answer a query (\(said))",
                remedy: "try again later")
        }
    }
}
