import Cryptography
import Threads

/// Who writes which text during one run, so that no text is embedded or written twice.
///
/// A blob's rows may only be written after the texts that they name. A worker therefore writes the
/// texts it claimed first, and then waits for those that others claimed; nobody waits before they
/// have written, so nobody waits for ever.
final class TextClaims: Sendable {
    private struct State {
        /// Every claimed text, and whether it is in the database.
        var isWritten: [SHA256Digest: Bool] = [:]
        var isAbandoned = false
    }

    private let state = Monitor(State())

    /// Claims texts.
    ///
    /// - Returns: Those that nobody claimed before; the caller must write them.
    func claim(_ hashes: [SHA256Digest]) -> [SHA256Digest] {
        state.change { state in
            hashes.filter { hash in
                if state.isWritten[hash] != nil { return false }
                state.isWritten[hash] = false
                return true
            }
        }
    }

    /// Says that claimed texts are in the database.
    func markWritten(_ hashes: [SHA256Digest]) {
        state.change { state in
            for hash in hashes { state.isWritten[hash] = true }
        }
    }

    /// Says that a worker failed, so that nobody waits for its texts.
    func abandon() {
        state.change { $0.isAbandoned = true }
    }

    /// Waits until texts are in the database, whoever claimed them.
    ///
    /// - Returns: False when the run was abandoned.
    func waitUntilWritten(_ hashes: [SHA256Digest]) -> Bool {
        state.wait { state in
            if state.isAbandoned { return false }
            return hashes.allSatisfy { state.isWritten[$0] == true } ? true : nil
        }
    }
}
