/// Runs blocking work on several threads of its own and waits for all of it.
///
/// For work that calls C libraries that block: such calls must not run on Swift's cooperative
/// threads, whose number is fixed.
public struct ThreadGroup: Sendable {
    private struct State {
        var running: Int
        var failure: (any Error)?
    }

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
        let state = Monitor(State(running: count))
        let threads = (0..<count).map { SerialThread(name: "gitdex-\($0)") }
        for (member, thread) in threads.enumerated() {
            thread.submit {
                let result = Result { try body(member) }
                state.change { state in
                    state.running -= 1
                    if case .failure(let error) = result { state.failure = state.failure ?? error }
                }
            }
        }
        let failure = state.wait { state -> (any Error)?? in
            state.running == 0 ? .some(state.failure) : nil
        }
        if let failure { throw failure }
    }
}
