import Postgres
import Transfer

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension Timestamp {
    /// A moment some seconds from now, by this machine's clock.
    static func now(plusSeconds seconds: Int = 0) -> Timestamp {
        let now = Date().timeIntervalSince1970
        return Timestamp(unixMicroseconds: Int64((now + Double(seconds)) * 1_000_000))
    }
}

/// What GitHub's answers have in common: how they are asked for, and what their refusals say.
enum GitHubAnswer {
    /// Sends a request; what keeps it from being answered becomes an error of this room.
    static func send(
        _ request: HTTPRequest, by http: HTTPClient, cancellation: TransferCancellation? = nil
    ) throws(GitHubError) -> HTTPResponse {
        do {
            return try http.send(request, cancellation: cancellation)
        } catch {
            let code: GitHubError.Code =
                switch error.code {
                case .privateAddress: .privateAddress
                case .cancelled: .cancelled
                case .tooLarge, .refusedRedirect, .invalidRequest: .malformedAnswer
                default: .unavailable
                }
            throw GitHubError(
                code: code, message: "GitHub cannot be asked: " + error.message,
                remedy: error.code == .privateAddress
                    ? "set GITDEX_ALLOW_PRIVATE_REMOTES=1 if that GitHub is yours" : error.remedy)
        }
    }
}

extension GitHubError {
    /// The longest wait that is believed, in seconds.
    private static let retryLimitSeconds = 86_400
    /// How long to wait where GitHub asks for less and does not say for how long.
    static let secondaryLimitSeconds = 60

    static var malformed: GitHubError {
        GitHubError(
            code: .malformedAnswer, message: "GitHub's answer is not what it is documented to be",
            remedy: "check GITHUB_URL and GITHUB_API_URL, and that nothing between changes answers")
    }

    /// What a refusal says.
    static func failure(of answer: HTTPResponse) -> GitHubError {
        let message = JSONValue(answer.body)?["message"]?.string.map(printable)
        let said = message.map { " (\($0))" } ?? ""
        if let wait = rateLimit(of: answer, message: message ?? "") {
            return GitHubError(
                code: .rateLimited, message: "GitHub wants to be left alone for a while\(said)",
                remedy: "it is asked again in \(wait) seconds", retryAfter: .seconds(wait))
        }
        switch answer.status {
        case 401:
            return GitHubError(
                code: .tokenInvalid, message: "GitHub does not take the token any more\(said)",
                remedy: "connect GitHub again")
        case 403, 451:
            return GitHubError(
                code: .forbidden, message: "GitHub does not allow that\(said)",
                remedy: "give the account or the app the right to it at GitHub")
        case 301, 302, 307, 308, 404:
            return GitHubError(
                code: .notFound, message: "GitHub has no such thing, or hides it\(said)",
                remedy: "check that the account may see it")
        case 410:
            return GitHubError(
                code: .gone, message: "that is switched off or gone at GitHub\(said)",
                remedy: "switch it on there if it is wanted")
        case 400, 409, 422:
            return GitHubError(
                code: .rejected, message: "GitHub refused what was sent\(said)",
                remedy: "read what it says, and try again")
        case 500...:
            return GitHubError(
                code: .unavailable, message: "GitHub is out of order (status \(answer.status))",
                remedy: "try again later", retryAfter: retryAfter(answer).map { .seconds($0) })
        default: return malformed
        }
    }

    /// For how many seconds an answer asks to be left alone; nil where it is no matter of limits.
    private static func rateLimit(of answer: HTTPResponse, message: String) -> Int? {
        guard answer.status == 403 || answer.status == 429 else { return nil }
        if let seconds = retryAfter(answer) { return seconds }
        if answer.headers["x-ratelimit-remaining"] == "0", let seconds = untilReset(answer) {
            return seconds
        }
        let isLimit = message.lowercased().contains("rate limit")
        return answer.status == 429 || isLimit ? secondaryLimitSeconds : nil
    }

    private static func retryAfter(_ answer: HTTPResponse) -> Int? {
        guard let text = answer.headers["retry-after"], let seconds = Int(text), seconds >= 0
        else { return nil }
        return min(max(seconds, 1), retryLimitSeconds)
    }

    /// The seconds until a limit is refilled, by GitHub's own clock where it tells the time.
    static func untilReset(_ answer: HTTPResponse) -> Int? {
        guard let text = answer.headers["x-ratelimit-reset"], let reset = Int(text) else {
            return nil
        }
        let now =
            answer.headers["date"].flatMap(HTTPDate.seconds(http:))
            ?? Int(Timestamp.now().unixMicroseconds / 1_000_000)
        return min(max(reset - now + 1, 1), retryLimitSeconds)
    }
}
