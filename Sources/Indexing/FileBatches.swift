import Synchronization
import Threads

/// Shares files among threads, a batch at a time, in the order they come.
struct FileBatches: Sendable {
    private let count: Int
    private let threads: Int
    private let progress: any IndexProgress

    init(fileCount: Int, threads: Int, progress: any IndexProgress) {
        count = fileCount
        self.threads = threads
        self.progress = progress
    }

    /// How many batches there are.
    var batchCount: Int {
        (count + IndexLimits.filesPerBatch - 1) / IndexLimits.filesPerBatch
    }

    /// Runs all batches.
    ///
    /// Each thread makes a worker, which is called with the number and the range of one batch after
    /// another. When one fails, the others begin no more.
    func run(
        makeWorker: @escaping @Sendable () throws -> ((Int, Range<Int>) throws -> Void)
    ) throws {
        let next = Atomic(0)
        let done = Atomic(0)
        let last = batchCount
        progress.begin(total: count)
        try ThreadGroup(count: min(threads, last)).run { _ in
            do {
                let work = try makeWorker()
                while true {
                    let number = next.add(1, ordering: .relaxed).oldValue
                    guard number < last else { return }
                    let start = number * IndexLimits.filesPerBatch
                    let range = start..<min(start + IndexLimits.filesPerBatch, count)
                    try work(number, range)
                    let files = done.add(range.count, ordering: .relaxed).newValue
                    progress.advance(to: files)
                }
            } catch {
                next.store(last, ordering: .relaxed)
                throw error
            }
        }
    }
}
