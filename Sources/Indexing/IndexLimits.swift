/// The named limits of an index run.
enum IndexLimits {
    /// A larger file is left out, in bytes.
    static let fileSizeBytes = 2 << 20
    /// Up to this many changed files, a run is one transaction on one thread.
    static let filesInOneTransaction = 100
    /// A run whose changed files hold more bytes than this is none.
    static let bytesInOneTransaction = 4 << 20
    /// A plan with more changes is not kept, but found again while it is carried out.
    static let changesInPlan = 10_000
    /// How many refs a new one is compared with to find the one it begins with.
    static let seedCandidates = 8
    /// How many files a worker takes at once.
    static let filesPerBatch = 64
    /// How many batches of a load are under way for each thread.
    static let batchesPerThread = 16
    /// How many batches of a verification, which are larger, are under way for each thread.
    static let verifiedBatchesPerThread = 4
    /// A worker writes what it has when it holds this many bytes of text.
    static let bytesPerBatch = 1 << 20
    /// How many written blobs, and how many texts, a run remembers before it asks the database.
    static let rememberedClaims = 100_000
    /// How many rows of a ref are read at once where all are compared.
    static let filesPerPage = 2_000
    /// How many differences a verification lists; it counts all.
    static let listedDifferences = 10_000
    /// A file with more bytes of invalid UTF-8 than this share is left out.
    static let invalidShare = 0.1
}
