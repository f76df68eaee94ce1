import Cryptography
import Postgres
import Synchronization
import Transfer

/// The tokens of a GitHub App's installations, kept until a minute before they end.
final class InstallationTokens: Sendable {
    private struct Entry {
        let token: HiddenText
        let endSeconds: Int
    }

    private static let marginSeconds = 60
    /// For how long a word of the app counts; GitHub allows ten minutes, and clocks differ.
    private static let wordSeconds = 540
    private static let clockSkewSeconds = 60
    private static let limit = 10_000

    private let app: GitHubSettings.App
    private let settings: GitHubSettings
    private let http: HTTPClient
    private let entries = Mutex<[Int: Entry]>([:])

    init(app: GitHubSettings.App, settings: GitHubSettings, http: HTTPClient) {
        self.app = app
        self.settings = settings
        self.http = http
    }

    /// A token that counts for another minute at least.
    func token(of installation: Int) throws -> HiddenText {
        let now = Int(Timestamp.now().unixMicroseconds / 1_000_000)
        if let entry = entries.withLock({ $0[installation] }),
            entry.endSeconds - Self.marginSeconds > now
        {
            return entry.token
        }
        let word = HiddenText(try self.word(now: now))
        let client = GitHubClient(settings: settings, http: http) { word }
        let answer = try client.send(.post, "/app/installations/\(installation)/access_tokens")
        guard answer.isSuccess else { throw Self.failure(GitHubError.failure(of: answer)) }
        guard let document = JSONValue(answer.body), let token = document["token"]?.string,
            let end = document["expires_at"]?.string.flatMap(HTTPDate.seconds(iso8601:))
        else { throw GitHubError.malformed }
        let entry = Entry(token: HiddenText(token), endSeconds: end)
        entries.withLock { entries in
            if entries.count >= Self.limit { entries.removeAll() }
            entries[installation] = entry
        }
        return entry.token
    }

    /// Forgets a token that GitHub does not take.
    func forget(_ installation: Int?) {
        guard let installation else { return }
        entries.withLock { $0[installation] = nil }
    }

    /// What the app says of itself, signed with its key.
    private func word(now: Int) throws -> String {
        let head = #"{"alg":"RS256","typ":"JWT"}"#
        let claims = JSONValue.object([
            .init("iat", .number("\(now - Self.clockSkewSeconds)")),
            .init("exp", .number("\(now + Self.wordSeconds)")), .init("iss", .string(app.id)),
        ])
        let signed =
            Base64URL.encodeUnpadded(Array(head.utf8)) + "."
            + Base64URL.encodeUnpadded(Array(claims.encoded().utf8))
        let signature: [UInt8]
        do {
            signature = try RS256Signer(privateKey: app.privateKey.reveal())
                .signature(of: Array(signed.utf8))
        } catch {
            throw GitHubError(
                code: .notConfigured, message: "the GitHub App's private key cannot be used",
                remedy: "give GITHUB_APP_PRIVATE_KEY the PEM text that GitHub gave out")
        }
        return signed + "." + Base64URL.encodeUnpadded(signature)
    }

    /// What an installation's refusal means for whoever reads it.
    private static func failure(_ error: GitHubError) -> GitHubError {
        guard error.code == .notFound || error.code == .tokenInvalid else { return error }
        return GitHubError(
            code: .tokenInvalid,
            message: error.code == .notFound
                ? "the GitHub App is not installed there any more"
                : "GitHub does not take the app's key",
            remedy: error.code == .notFound
                ? "install it again, or connect GitHub by an account"
                : "check GITHUB_APP_ID and GITHUB_APP_PRIVATE_KEY")
    }
}
