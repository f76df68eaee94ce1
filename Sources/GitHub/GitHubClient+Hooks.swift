import Transfer

extension GitHubClient {
    /// What a webhook is to tell of: pushes, and what data sync keeps.
    public static let hookEvents = [
        "push", "create", "delete", "repository", "pull_request", "issues", "issue_comment",
        "pull_request_review", "pull_request_review_comment", "release", "discussion",
        "discussion_comment",
    ]

    /// Adds a webhook to a repository.
    ///
    /// Where one for the same address is there already, it gets the new secret.
    ///
    /// - Parameters:
    ///   - fullName: The repository's owner and name.
    ///   - url: Where deliveries go.
    ///   - secret: What they are signed with; fresh and random.
    /// - Returns: The webhook's number.
    /// - Throws: ``GitHubError``, with code `notFound` or `forbidden` where the account may not.
    public func createHook(repository fullName: String, url: String, secret: String) throws -> Int {
        let path = try Self.path(ofRepository: fullName) + "/hooks"
        let config = JSONValue.object([
            .init("url", .string(url)), .init("content_type", .string("json")),
            .init("secret", .string(secret)), .init("insecure_ssl", .string("0")),
        ])
        let events = JSONValue.array(Self.hookEvents.map { .string($0) })
        let answer = try send(
            .post, path,
            .object([
                .init("name", .string("web")), .init("active", .bool(true)),
                .init("events", events), .init("config", config),
            ]))
        if answer.isSuccess, let id = JSONValue(answer.body)?["id"]?.int { return id }
        let failure = GitHubError.failure(of: answer)
        guard failure.code == .rejected, let known = try hook(for: url, below: path) else {
            throw answer.isSuccess ? GitHubError.malformed : failure
        }
        let change = try send(
            .patch, path + "/\(known)",
            .object([
                .init("active", .bool(true)), .init("events", events), .init("config", config),
            ]))
        guard change.isSuccess else { throw GitHubError.failure(of: change) }
        return known
    }

    /// Takes a webhook from a repository; one that is gone already is no error.
    ///
    /// - Parameters:
    ///   - id: The webhook's number.
    ///   - fullName: The repository's owner and name.
    /// - Throws: ``GitHubError``.
    public func deleteHook(_ id: Int, repository fullName: String) throws {
        let answer = try send(.delete, try Self.path(ofRepository: fullName) + "/hooks/\(id)")
        guard answer.isSuccess || answer.status == 404 else {
            throw GitHubError.failure(of: answer)
        }
    }

    /// The number of the webhook that goes to an address.
    private func hook(for url: String, below path: String) throws -> Int? {
        try document(path + "?per_page=\(Self.pageSize)").elements.first {
            $0["config"]?["url"]?.string == url
        }?["id"]?.int
    }
}
