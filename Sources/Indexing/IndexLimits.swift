/// The named limits of an index run.
enum IndexLimits {
    /// A larger file is left out, in bytes.
    static let fileSizeBytes = 2 << 20
    /// Up to this many changed files, a run is one transaction on one thread.
    static let filesInOneTransaction = 100
    /// A run whose changed files hold more bytes than this is none.
    static let bytesInOneTransaction = 4 << 20
    /// How many files a worker takes at once.
    static let filesPerBatch = 64
    /// A worker writes what it has when it holds this many bytes of text.
    static let bytesPerBatch = 1 << 20
    /// How often a run starts over because the ref moved meanwhile.
    static let attempts = 5
    /// How many rows of a ref are read at once where all are compared.
    static let filesPerPage = 2_000
    /// A file with more bytes of invalid UTF-8 than this share is left out.
    static let invalidShare = 0.1
}
