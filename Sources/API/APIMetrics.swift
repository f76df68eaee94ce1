/// The names of what the server measures.
public enum APIMetrics {
    static let requestSeconds = "gitdex_http_request_duration_seconds"
    static let searchSeconds = "gitdex_search_duration_seconds"

    /// What each metric means, for the text that a scraper reads.
    public static let descriptions: [(name: String, help: String)] = [
        (requestSeconds, "Requests until the answer begins, in seconds."),
        (searchSeconds, "Searches that were answered, by mode, in seconds."),
    ]
}
