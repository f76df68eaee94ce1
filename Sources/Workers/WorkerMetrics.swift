/// The names of what the workers measure, besides what the queue's runner does.
public enum WorkerMetrics {
    /// From the receipt of a push to the moment when a search finds it.
    public static let pushSeconds = "gitdex_push_to_searchable_seconds"
    /// How long fetches into mirrors took.
    public static let fetchSeconds = "gitdex_fetch_duration_seconds"
    /// Texts that were sent to the embedder.
    public static let embeddedTexts = "gitdex_embedded_texts_total"
    /// The room that this host's mirrors take.
    public static let mirrorBytes = "gitdex_mirror_bytes"
    /// Jobs in the queue, by kind and state.
    public static let queuedJobs = "gitdex_queue_jobs"
    /// The age of the oldest job in the queue, by kind and state.
    public static let oldestSeconds = "gitdex_queue_oldest_seconds"

    /// What each metric means, for the text that a scraper reads.
    public static let descriptions: [(name: String, help: String)] = [
        (pushSeconds, "From the receipt of a push until a search finds it, in seconds."),
        (fetchSeconds, "How long fetches from remotes took, in seconds."),
        (embeddedTexts, "Texts sent to the embedder."),
        (mirrorBytes, "Room that this host's mirrors take, in bytes."),
        (queuedJobs, "Jobs in the queue, by kind and state."),
        (oldestSeconds, "Age of the oldest job in the queue, by kind and state, in seconds."),
    ]
}
