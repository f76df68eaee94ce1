public import Postgres

/// Buckets of tokens that all API processes of a database share.
///
/// The database's clock counts, so that hosts whose clocks differ agree. Not Sendable: it belongs to
/// the thread that its connection belongs to.
public struct RateLimitStore {
    private let connection: Connection

    /// The bytes of a bucket's name.
    public static let nameBytes = 16
    /// Floating-point sums of times may miss a whole token by less than this.
    private static let slack = 1e-6

    /// What is asked of a bucket.
    public struct Claim: Sendable {
        /// The bucket's name: ``nameBytes`` bytes of a hash.
        public let bucket: [UInt8]
        /// How many tokens are wanted; from 1 to `burst`.
        public let tokens: Int
        /// How many tokens a full bucket holds.
        public let burst: Int
        /// In how many seconds one token grows.
        public let secondsPerToken: Double

        /// Makes a claim; the parameters are its properties.
        public init(bucket: [UInt8], tokens: Int, burst: Int, secondsPerToken: Double) {
            self.bucket = bucket
            self.tokens = tokens
            self.burst = burst
            self.secondsPerToken = secondsPerToken
        }
    }

    /// What a bucket gave.
    public struct Grant: Sendable, Equatable {
        /// How many tokens were given; fewer than were wanted where the bucket had no more.
        public let tokens: Int
        /// In how many seconds the bucket is full again, when nobody takes anything.
        public let secondsUntilFull: Double
    }

    /// Opens the store; costs nothing.
    ///
    /// - Parameter connection: A connection to a database with the schema of this program.
    public init(connection: Connection) {
        self.connection = connection
    }

    /// Takes as many of the wanted tokens as a bucket has, in one round trip.
    ///
    /// - Parameter claim: Which bucket, and how many tokens.
    /// - Returns: How many there were.
    /// - Throws: What the database said.
    public func take(_ claim: Claim) throws -> Grant {
        let (seconds, wanted) = (claim.secondsPerToken, Double(claim.tokens))
        let row = try connection.inScope(.system) {
            try connection.query(
                """
                INSERT INTO rate_limits AS r (bucket, full_at, granted)
                VALUES (\(claim.bucket),
                    statement_timestamp() + make_interval(secs => \(wanted * seconds)),
                    \(Int32(claim.tokens)))
                ON CONFLICT (bucket) DO UPDATE SET (full_at, granted) = (
                    SELECT base.time + make_interval(secs => share.count * \(seconds)),
                        share.count::integer
                    FROM (SELECT greatest(r.full_at, statement_timestamp()) AS time) base,
                        LATERAL (SELECT greatest(0, least(\(wanted), floor(
                            \(Double(claim.burst)) + \(Self.slack) - extract(epoch FROM
                                base.time - statement_timestamp())::float8 / \(seconds)
                        ))) AS count) share)
                RETURNING granted::bigint,
                    extract(epoch FROM full_at - statement_timestamp())::float8
                """
            ).only()
        }
        return Grant(tokens: try row.int(0), secondsUntilFull: try row.double(1))
    }

    /// Drops the buckets that are full, which are the same without a row.
    ///
    /// - Returns: How many were dropped.
    /// - Throws: What the database said.
    @discardableResult
    public func prune() throws -> Int {
        try connection.inScope(.system) {
            try connection.execute("DELETE FROM rate_limits WHERE full_at < statement_timestamp()")
        }
    }
}
