import Cryptography
import Postgres
import Transfer

/// Gets, renews and ends tokens at GitHub's OAuth endpoints.
struct TokenExchange: Sendable {
    /// A token as GitHub gave it out.
    struct Token {
        let value: HiddenText
        let refresh: HiddenText?
        let expiresAt: Timestamp?
        let scopes: [String]
    }

    let settings: GitHubSettings
    let http: HTTPClient

    /// The token for a code.
    func token(
        client: GitHubSettings.OAuthClient, code: String, redirectURL: String, verifier: String
    ) throws(GitHubError) -> Token {
        try ask([
            ("client_id", client.id), ("client_secret", client.secret.reveal()), ("code", code),
            ("redirect_uri", redirectURL), ("code_verifier", verifier),
        ])
    }

    /// A new token in place of one that has ended.
    func token(
        client: GitHubSettings.OAuthClient, refresh: HiddenText
    ) throws(GitHubError) -> Token {
        try ask([
            ("client_id", client.id), ("client_secret", client.secret.reveal()),
            ("grant_type", "refresh_token"), ("refresh_token", refresh.reveal()),
        ])
    }

    /// Has GitHub end a token.
    func revoke(
        _ token: HiddenText, client: GitHubSettings.OAuthClient
    ) throws(GitHubError) {
        let basic = Self.base64(client.id + ":" + client.secret.reveal())
        let body = JSONValue.object([.init("access_token", .string(token.reveal()))]).encoded()
        let request = HTTPRequest(
            .delete,
            settings.apiURL + "/applications/" + FormText.encoded(client.id) + "/token",
            headers: [
                "authorization": "Basic " + basic, "accept": "application/vnd.github+json",
                "content-type": "application/json",
            ], body: Array(body.utf8))
        let answer = try GitHubAnswer.send(request, by: http)
        // One that GitHub does not know has ended already.
        if !answer.isSuccess, answer.status != 404, answer.status != 422 {
            throw GitHubError.failure(of: answer)
        }
    }

    private func ask(_ fields: [(name: String, value: String)]) throws(GitHubError) -> Token {
        var request = HTTPRequest(
            .post, settings.webURL + "/login/oauth/access_token",
            headers: [
                "accept": "application/json",
                "content-type": "application/x-www-form-urlencoded",
            ], body: Array(FormText.form(fields).utf8))
        request.followsRedirects = false
        let answer = try GitHubAnswer.send(request, by: http)
        guard let document = JSONValue(answer.body) else {
            throw answer.isSuccess ? GitHubError.malformed : GitHubError.failure(of: answer)
        }
        if let error = document["error"]?.string {
            throw GitHubError(
                code: Self.isAboutClient(error) ? .notConfigured : .signInRefused,
                message: "GitHub gave no token: "
                    + GitHubError.printable(document["error_description"]?.string ?? error),
                remedy: Self.isAboutClient(error)
                    ? "check GITHUB_CLIENT_ID, GITHUB_CLIENT_SECRET and the callback URL that is "
                        + "registered for them"
                    : "connect GitHub again")
        }
        guard answer.isSuccess else { throw GitHubError.failure(of: answer) }
        guard let token = document["access_token"]?.string, !token.isEmpty else {
            throw GitHubError.malformed
        }
        let seconds = document["expires_in"]?.int
        return Token(
            value: HiddenText(token),
            refresh: document["refresh_token"]?.string.map(HiddenText.init),
            expiresAt: seconds.map { Timestamp.now(plusSeconds: $0) },
            scopes: (document["scope"]?.string ?? "").split { $0 == "," || $0 == " " }
                .map(String.init))
    }

    /// Base 64 in the alphabet of HTTP's basic authentication.
    private static func base64(_ text: String) -> String {
        let bytes = Array(text.utf8)
        let signs = Base64URL.encodeUnpadded(bytes).map { sign -> Character in
            sign == "-" ? "+" : sign == "_" ? "/" : sign
        }
        return String(signs) + String(repeating: "=", count: (3 - bytes.count % 3) % 3)
    }

    private static func isAboutClient(_ error: String) -> Bool {
        ["incorrect_client_credentials", "redirect_uri_mismatch", "application_suspended"]
            .contains(error)
    }
}
