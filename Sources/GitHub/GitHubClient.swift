import Transfer

/// Asks GitHub's REST API on behalf of one account.
///
/// Blocks its thread. One request at a time, as GitHub asks for.
public struct GitHubClient: Sendable {
    /// The version of the API that is asked for.
    private static let version = "2022-11-28"
    /// The most items that one page has.
    static let pageSize = 100

    let settings: GitHubSettings
    private let http: HTTPClient
    private let token: @Sendable () throws -> HiddenText
    /// What ends requests early.
    var cancellation: TransferCancellation?
    /// Whether the token is that of an installation of an app, not of a user.
    var speaksForInstallation = false
    /// Whether an answer that names another place is followed there.
    var followsRedirects = true

    init(
        settings: GitHubSettings, http: HTTPClient,
        token: @escaping @Sendable () throws -> HiddenText
    ) {
        self.settings = settings
        self.http = http
        self.token = token
    }

    /// The token in clear, for what speaks to GitHub otherwise.
    func currentToken() throws -> String { try token().reveal() }

    /// An answer to a question that may have been answered before.
    enum Page {
        /// What was answered before still holds.
        case unchanged
        /// The items.
        case items(Items)
    }

    /// A page of a list.
    struct Items {
        /// What the answer holds.
        var document: JSONValue
        /// Where the next page is.
        var next: String?
        /// What asks later whether this page changed.
        var etag: String?
        /// When GitHub answered, by its clock, in seconds of Unix time.
        var date: Int?
        /// How long to wait before the next request, where this one was the last of its hour.
        var rest: Duration?
    }

    /// Asks for a document of the API.
    func get(_ path: String, etag: String? = nil) throws -> Page {
        var headers: HTTPHeaders = [:]
        headers["if-none-match"] = etag
        let answer = try send(.get, url(path), headers: headers)
        if answer.status == 304 { return .unchanged }
        guard answer.isSuccess else { throw GitHubError.failure(of: answer) }
        guard let document = JSONValue(answer.body) else { throw GitHubError.malformed }
        return .items(
            Items(
                document: document, next: try next(of: answer), etag: answer.headers["etag"],
                date: answer.headers["date"].flatMap(HTTPDate.seconds(http:)),
                rest: answer.headers["x-ratelimit-remaining"] == "0"
                    ? GitHubError.untilReset(answer).map { .seconds($0) } : nil))
    }

    /// Asks for a document that was not asked for before.
    func document(_ path: String) throws -> JSONValue {
        guard case .items(let items) = try get(path) else { throw GitHubError.malformed }
        return items.document
    }

    /// Sends a document to the API.
    func send(
        _ method: HTTPRequest.Method, _ path: String, _ body: JSONValue? = nil
    ) throws -> HTTPResponse {
        try send(
            method, url(path), headers: body == nil ? [:] : ["content-type": "application/json"],
            body: body.map { Array($0.encoded().utf8) })
    }

    /// Asks the GraphQL API, which has an address of its own.
    func query(_ body: JSONValue) throws -> HTTPResponse {
        try send(
            .post, settings.graphQLURL, headers: ["content-type": "application/json"],
            body: Array(body.encoded().utf8))
    }

    private func send(
        _ method: HTTPRequest.Method, _ url: String, headers: HTTPHeaders, body: [UInt8]? = nil
    ) throws -> HTTPResponse {
        var headers = headers
        headers["authorization"] = "Bearer " + (try token().reveal())
        headers["accept"] = "application/vnd.github+json"
        headers["x-github-api-version"] = Self.version
        var request = HTTPRequest(method, url, headers: headers, body: body)
        request.followsRedirects = followsRedirects
        return try GitHubAnswer.send(request, by: http, cancellation: cancellation)
    }

    /// A path below the API, or an address that an answer named, which must lie there too.
    private func url(_ path: String) throws(GitHubError) -> String {
        if path.hasPrefix("/") { return settings.apiURL + path }
        guard path.hasPrefix(settings.apiURL + "/") else { throw GitHubError.malformed }
        return path
    }

    /// The address of the next page, by the Link header.
    private func next(of answer: HTTPResponse) throws -> String? {
        guard let link = answer.headers["link"] else { return nil }
        for part in link.split(separator: ",") {
            let pieces = part.split(separator: ";").map { $0.drop { $0 == " " } }
            guard pieces.dropFirst().contains(where: { $0 == "rel=\"next\"" || $0 == "rel=next" }),
                let address = pieces.first, address.hasPrefix("<"), address.hasSuffix(">")
            else { continue }
            return try url(String(address.dropFirst().dropLast()))
        }
        return nil
    }

    /// A name such as `owner/name` as a part of a path.
    static func path(ofRepository fullName: String) throws(GitHubError) -> String {
        let parts = fullName.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." }) else {
            throw GitHubError(
                code: .notFound, message: "that is no name of a repository at GitHub",
                remedy: "name it as owner/name")
        }
        return "/repos/" + parts.map { FormText.encoded(String($0)) }.joined(separator: "/")
    }
}
