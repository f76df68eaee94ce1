internal import Accounts
internal import HTTPTypes
internal import Logging
internal import Postgres

/// Says no to who asks too often.
///
/// Before a request is looked at, its address counts; once it is known who asks, the user or key
/// does. What fails (a login, a signature, a token) counts in a bucket of its own that is smaller.
struct Throttle: Sendable {
    let rules: EdgeRules
    let limiter: RateLimiter

    /// Counts a request of an address.
    func countAddress(_ context: APIContext) async throws -> RateLimiter.Standing? {
        try await count(.address, context.clientBytes)
    }

    /// Counts a request of whoever is known by now.
    func count(_ principal: Principal) async throws -> RateLimiter.Standing? {
        switch principal {
        case .local: nil
        case .user(let user, _): try await count(.user, Array(user.publicID.utf8))
        case .apiKey(_, _, _, let keyID): try await count(.key, Array(keyID.utf8))
        }
    }

    /// Counts a try to log in or register, from an address.
    func countLogin(_ context: APIContext) async throws {
        _ = try await count(.login, context.clientBytes)
    }

    /// Makes sure that the logins to an account have not failed too often.
    func checkAccount(_ email: String) throws {
        try check(.account, Self.bytes(email))
    }

    /// Counts a login that failed.
    func countFailedLogin(_ email: String) async throws {
        _ = try await count(.account, Self.bytes(email))
    }

    /// Makes sure that an address has not failed too often.
    func checkFailures(_ context: APIContext) throws {
        try check(.failures, context.clientBytes)
    }

    /// Counts a wrong signature or token.
    func countFailure(_ context: APIContext) async throws {
        _ = try await count(.failures, context.clientBytes)
    }

    private static func bytes(_ email: String) -> [UInt8] { Array(email.lowercased().utf8) }

    private func count(
        _ kind: RateRule.Kind, _ who: [UInt8]
    ) async throws -> RateLimiter.Standing? {
        guard let rule = rules.rule(kind) else { return nil }
        let standing = await limiter.take(rule, who)
        guard standing.isAllowed else { throw Self.problem(standing) }
        return standing
    }

    private func check(_ kind: RateRule.Kind, _ who: [UInt8]) throws {
        guard let rule = rules.rule(kind), let standing = limiter.refusal(rule, who) else { return }
        throw Self.problem(standing)
    }

    private static func problem(_ standing: RateLimiter.Standing) -> Problem {
        let seconds = max(1, Int(standing.secondsUntilNext.rounded(.up)))
        var problem = Problem(
            .rateLimited, "more than \(standing.limit) in a minute: wait \(seconds) seconds")
        standing.add(to: &problem.headers)
        problem.headers[.retryAfter] = String(seconds)
        return problem
    }
}

extension RateLimiter.Standing {
    /// Says how much may still be asked, in the fields of the IETF's draft.
    func add(to headers: inout HTTPFields) {
        headers[.rateLimitLimit] = String(limit)
        headers[.rateLimitRemaining] = String(remaining)
        headers[.rateLimitReset] = String(Int(secondsUntilFull.rounded(.up)))
        headers[.rateLimitPolicy] = "\(limit);w=60"
    }
}
