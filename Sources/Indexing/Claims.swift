import Threads

/// Who writes which rows during one run, so that nothing is made or written twice.
///
/// A blob's rows may only be written after the texts that they name. A worker therefore writes the
/// texts it claimed first, and then waits for those that others claimed; nobody waits before they
/// have written, so nobody waits for ever.
///
/// What is written is remembered up to a limit. Once something was forgotten, the database, which
/// has it by then, must be asked.
final class Claims<Key: Hashable & Sendable>: Sendable {
    private struct State {
        /// What somebody is writing.
        var pending: Set<Key> = []
        /// What the run wrote lately.
        var written: Set<Key> = []
        var hasForgotten = false
        var isAbandoned = false
    }

    private let state = Monitor(State())
    private let limit: Int

    /// Makes claims.
    ///
    /// - Parameter limit: How many written keys are remembered.
    init(limit: Int = IndexLimits.rememberedClaims) {
        self.limit = limit
    }

    /// Claims keys.
    ///
    /// - Returns: Those that nobody claimed before, as far as is remembered; the caller must write
    ///   them. And whether something was forgotten, so that they may be stored all the same.
    func claim(_ keys: [Key]) -> (mine: [Key], mayBeStored: Bool) {
        state.change { state in
            let mine = keys.filter { key in
                !state.written.contains(key) && state.pending.insert(key).inserted
            }
            return (mine, state.hasForgotten)
        }
    }

    /// Says that claimed keys are in the database.
    func markWritten(_ keys: [Key]) {
        state.change { state in
            for key in keys { state.pending.remove(key) }
            if state.written.count + keys.count > limit {
                state.written.removeAll(keepingCapacity: true)
                state.hasForgotten = true
            }
            state.written.formUnion(keys)
        }
    }

    /// Says that a worker failed, so that nobody waits for what it claimed.
    func abandon() {
        state.change { $0.isAbandoned = true }
    }

    /// Waits until keys that were claimed are in the database, whoever claimed them.
    ///
    /// - Returns: False when the run was abandoned.
    func waitUntilWritten(_ keys: [Key]) -> Bool {
        state.wait { state in
            if state.isAbandoned { return false }
            return keys.allSatisfy { !state.pending.contains($0) } ? true : nil
        }
    }
}
