import Cryptography
import Foundation

/// Who writes which text during one run, so that no text is embedded or written twice.
///
/// A blob's rows may only be written after the texts that they name. A worker therefore writes the
/// texts it claimed first, and then waits for those that others claimed; nobody waits before they
/// have written, so nobody waits for ever.
final class TextClaims: @unchecked Sendable {
    // Sendable because every access to the two stored variables holds `condition`.
    private let condition = NSCondition()
    private var written: [SHA256Digest: Bool] = [:]
    private var isAbandoned = false

    /// Claims texts.
    ///
    /// - Returns: Those that nobody claimed before; the caller must write them.
    func claim(_ hashes: [SHA256Digest]) -> [SHA256Digest] {
        condition.withLock {
            hashes.filter { hash in
                if written[hash] != nil { return false }
                written[hash] = false
                return true
            }
        }
    }

    /// Says that claimed texts are in the database.
    func markWritten(_ hashes: [SHA256Digest]) {
        condition.withLock {
            for hash in hashes { written[hash] = true }
            condition.broadcast()
        }
    }

    /// Says that a worker failed, so that nobody waits for its texts.
    func abandon() {
        condition.withLock {
            isAbandoned = true
            condition.broadcast()
        }
    }

    /// Waits until texts are in the database, whoever claimed them.
    ///
    /// - Returns: False when the run was abandoned.
    func waitUntilWritten(_ hashes: [SHA256Digest]) -> Bool {
        condition.withLock {
            for hash in hashes {
                while written[hash] != true {
                    if isAbandoned { return false }
                    condition.wait()
                }
            }
            return !isAbandoned
        }
    }
}
