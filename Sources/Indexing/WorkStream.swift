import Threads

/// Shares pieces of work among threads, while the calling thread finds the pieces and takes the
/// outcomes, in the order of the pieces.
///
/// A fixed number of pieces is under way, so memory does not grow with the work.
struct WorkStream<Piece: Sendable, Outcome: Sendable>: Sendable {
    private struct State {
        var waiting: [Int: Piece] = [:]
        var outcomes: [Int: Outcome] = [:]
        /// How many pieces were found, begun, and taken back.
        var found = 0
        var begun = 0
        var taken = 0
        var runningThreads = 0
        var isComplete = false
        var failure: (any Error)?
    }

    /// Does one piece.
    typealias Worker = (Piece) throws -> Outcome

    private let threads: Int
    private let piecesPerThread: Int
    private let makeWorker: @Sendable () throws -> Worker
    private let state = Monitor(State())

    /// Makes a stream.
    ///
    /// - Parameters:
    ///   - threads: How many threads work at most; each is started when a piece waits for it.
    ///   - piecesPerThread: How many pieces are under way for each thread.
    ///   - makeWorker: Called once on each thread.
    init(
        threads: Int, piecesPerThread: Int,
        makeWorker: @escaping @Sendable () throws -> Worker
    ) {
        self.threads = max(1, threads)
        self.piecesPerThread = piecesPerThread
        self.makeWorker = makeWorker
    }

    /// Runs until all pieces that `find` hands over are done.
    ///
    /// - Parameters:
    ///   - find: Calls its argument for one piece after another.
    ///   - take: Gets the outcomes.
    /// - Throws: The first error of anybody. All threads have ended then, and begun no more pieces.
    func run(
        find: (_ handOver: (Piece) throws -> Void) throws -> Void,
        take: (Outcome) throws -> Void
    ) throws {
        do {
            try withoutActuallyEscaping(take) { take in
                try find { piece in
                    try takeOutcomes(until: threads * piecesPerThread - 1, take)
                    handOver(piece)
                }
            }
            state.change { $0.isComplete = true }
            try takeOutcomes(until: 0, take)
        } catch {
            state.change { $0.failure = $0.failure ?? error }
        }
        let failure = state.wait { state -> (any Error)?? in
            state.runningThreads == 0 ? .some(state.failure) : nil
        }
        if let failure { throw failure }
    }

    private func handOver(_ piece: Piece) {
        let startsThread = state.change { state in
            state.waiting[state.found] = piece
            state.found += 1
            guard state.runningThreads < threads else { return false }
            state.runningThreads += 1
            return true
        }
        if startsThread {
            SerialThread(name: "gitdex-worker").submit { [self] in work() }
        }
    }

    /// Takes outcomes until no more than `limit` pieces are under way, and all that are there.
    private func takeOutcomes(until limit: Int, _ take: (Outcome) throws -> Void) throws {
        while true {
            let outcome = try state.wait { state -> Result<Outcome?, any Error>? in
                if let failure = state.failure { return .failure(failure) }
                if let outcome = state.outcomes.removeValue(forKey: state.taken) {
                    state.taken += 1
                    return .success(outcome)
                }
                return state.found - state.taken <= limit ? .success(nil) : nil
            }.get()
            guard let outcome else { return }
            try take(outcome)
        }
    }

    // MARK: On the threads

    private func work() {
        let result = Result {
            let worker = try makeWorker()
            while let (number, piece) = next() {
                let outcome = try worker(piece)
                state.change { $0.outcomes[number] = outcome }
            }
        }
        state.change { state in
            state.runningThreads -= 1
            if case .failure(let error) = result { state.failure = state.failure ?? error }
        }
    }

    private func next() -> (Int, Piece)? {
        state.wait { state -> (Int, Piece)?? in
            if state.failure != nil { return .some(nil) }
            if let piece = state.waiting.removeValue(forKey: state.begun) {
                state.begun += 1
                return (state.begun - 1, piece)
            }
            return state.isComplete ? .some(nil) : nil
        }
    }
}
