import Foundation
import Synchronization

/// Runs blocking work on several threads of its own and waits for all of it.
///
/// For work that calls C libraries that block: such calls must not run on Swift's cooperative
/// threads, whose number is fixed.
public struct ThreadGroup: Sendable {
    private let count: Int

    /// Makes a group.
    ///
    /// - Parameter count: How many threads run at once, at least one.
    public init(count: Int) {
        self.count = max(1, count)
    }

    /// Runs `body` once on each thread and returns when all have returned.
    ///
    /// Costs one thread start per member. The calling thread blocks.
    ///
    /// - Parameter body: The work; its argument is the member's number, from 0.
    /// - Throws: The first error that a member threw; the others are waited for.
    public func run(_ body: @escaping @Sendable (Int) throws -> Void) throws {
        let failure = Mutex<(any Error)?>(nil)
        let finished = DispatchGroup()
        for member in 0..<count {
            finished.enter()
            let thread = Thread {
                do {
                    try body(member)
                } catch {
                    failure.withLock { $0 = $0 ?? error }
                }
                finished.leave()
            }
            // Parsers recurse with the depth of the text they read.
            thread.stackSize = 8 << 20
            thread.start()
        }
        finished.wait()
        if let error = failure.withLock({ $0 }) { throw error }
    }
}
