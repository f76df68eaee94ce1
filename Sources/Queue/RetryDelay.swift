internal import Postgres

/// How long a failed job waits for its next attempt.
///
/// One second after the first attempt, twice as long after each further one, up to a quarter of an
/// hour; between half of that and all of it by chance, so that many that failed together do not come
/// again together.
enum RetryDelay {
    static let firstSeconds = 1.0
    static let longestSeconds = 900.0

    /// The delay of a row of `jobs` as an interval.
    static let sql: SQL = """
        (least(\(longestSeconds), \(firstSeconds) * power(2::float8, least(jobs.attempts, 30) - 1))
            * (0.5 + random() / 2) * interval '1 second')
        """
}
