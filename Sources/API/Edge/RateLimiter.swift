internal import Logging
internal import Metrics
internal import Postgres
internal import Storage
internal import Synchronization

/// Counts what each client asks for, together with all other API processes of the database.
///
/// Tokens are taken from the database in portions and handed out from memory, so that about one
/// request in thirty costs a round trip, and one that is refused costs none. All processes together
/// never hand out more than the limit; up to a portion for each of them may be lost. When the
/// database cannot be asked, requests go on: without it they get no further anyway.
final class RateLimiter: Sendable {
    /// What somebody may still do.
    struct Standing: Sendable {
        let isAllowed: Bool
        let limit: Int
        let remaining: Int
        /// When all of the limit is there again.
        let secondsUntilFull: Double
        /// When the next token is there.
        let secondsUntilNext: Double
    }

    private struct Portion {
        var tokens = 0
        var lapses = ContinuousClock.now
        var refusedUntil: ContinuousClock.Instant?
        var full = ContinuousClock.now
    }

    private struct State {
        var portions: [[UInt8]: Portion] = [:]
        var pruned = ContinuousClock.now
    }

    /// Tokens that nobody used for so long are given up, since the bucket fills meanwhile.
    private static let portionTime = Duration.seconds(10)
    /// How many clients are remembered here; the database remembers all.
    private static let clientLimit = 20_000
    private static let pruneInterval = Duration.seconds(60)

    private let pool: Pool
    private let logger: Logger
    private let state = Mutex(State())

    init(pool: Pool, logger: Logger) {
        self.pool = pool
        self.logger = logger
    }

    /// Takes a token of somebody's bucket.
    ///
    /// - Parameters:
    ///   - rule: How many there are.
    ///   - who: Whose bucket.
    /// - Returns: Whether there was one, and what is left.
    func take(_ rule: RateRule, _ who: [UInt8]) async -> Standing {
        let bucket = rule.bucket(of: who)
        if let known = state.withLock({ Self.takeKnown(rule, bucket, &$0) }) {
            return counted(known, rule)
        }
        do {
            return counted(try await refill(rule, bucket), rule)
        } catch {
            logger.warning("rate limits are not kept", metadata: ["error": "\(error)"])
            return Standing(
                isAllowed: true, limit: rule.burst, remaining: rule.burst, secondsUntilFull: 0,
                secondsUntilNext: 0)
        }
    }

    /// How long somebody whose bucket was found empty has to wait; nil for who may go on.
    ///
    /// Takes nothing and asks nobody.
    func refusal(_ rule: RateRule, _ who: [UInt8]) -> Standing? {
        let bucket = rule.bucket(of: who)
        let now = ContinuousClock.now
        return state.withLock { state in
            guard let portion = state.portions[bucket], let until = portion.refusedUntil,
                until > now, portion.tokens == 0
            else { return nil }
            return Self.standing(portion, rule, now: now, isAllowed: false)
        }
    }

    // MARK: Here

    private static func takeKnown(
        _ rule: RateRule, _ bucket: [UInt8], _ state: inout State
    ) -> Standing? {
        let now = ContinuousClock.now
        guard var portion = state.portions[bucket] else { return nil }
        if portion.tokens > 0, portion.lapses > now {
            portion.tokens -= 1
            state.portions[bucket] = portion
            return standing(portion, rule, now: now, isAllowed: true)
        }
        guard let until = portion.refusedUntil, until > now else { return nil }
        return standing(portion, rule, now: now, isAllowed: false)
    }

    private static func standing(
        _ portion: Portion, _ rule: RateRule, now: ContinuousClock.Instant, isAllowed: Bool
    ) -> Standing {
        let untilFull = max(0, (portion.full - now) / .seconds(1))
        let inBucket = rule.burst - Int((untilFull / rule.secondsPerToken).rounded(.up))
        let wait = portion.refusedUntil.map { max(0, ($0 - now) / .seconds(1)) } ?? 0
        return Standing(
            isAllowed: isAllowed, limit: rule.burst,
            remaining: max(0, inBucket) + portion.tokens, secondsUntilFull: untilFull,
            secondsUntilNext: wait)
    }

    // MARK: In the database

    private func refill(_ rule: RateRule, _ bucket: [UInt8]) async throws -> Standing {
        let claim = RateLimitStore.Claim(
            bucket: bucket, tokens: rule.portion, burst: rule.burst,
            secondsPerToken: rule.secondsPerToken)
        let isPruning = state.withLock { state in
            guard ContinuousClock.now - state.pruned > Self.pruneInterval else { return false }
            state.pruned = .now
            return true
        }
        let grant = try await pool.withConnection { connection in
            let store = RateLimitStore(connection: connection)
            if isPruning { try store.prune() }
            return try store.take(claim)
        }
        let now = ContinuousClock.now
        return state.withLock { state in
            Self.makeRoom(&state, now: now)
            var portion = state.portions[bucket] ?? Portion()
            if portion.lapses <= now { portion.tokens = 0 }
            portion.full = now + .seconds(grant.secondsUntilFull)
            portion.lapses = now + Self.portionTime
            portion.refusedUntil = nil
            let isAllowed = grant.tokens > 0
            if isAllowed {
                portion.tokens += grant.tokens - 1
            } else {
                let wait = grant.secondsUntilFull - Double(rule.burst - 1) * rule.secondsPerToken
                portion.refusedUntil = now + .seconds(max(wait, 0.01))
            }
            state.portions[bucket] = portion
            return Self.standing(portion, rule, now: now, isAllowed: isAllowed)
        }
    }

    private static func makeRoom(_ state: inout State, now: ContinuousClock.Instant) {
        guard state.portions.count >= clientLimit else { return }
        state.portions = state.portions.filter { $0.value.lapses > now }
        // So many at once are an attack; what they hold is lost to them.
        if state.portions.count >= clientLimit { state.portions = [:] }
    }

    private func counted(_ standing: Standing, _ rule: RateRule) -> Standing {
        if !standing.isAllowed {
            Counter(
                label: "gitdex_rate_limited_total", dimensions: [("limit", rule.kind.rawValue)]
            ).increment()
        }
        return standing
    }
}
