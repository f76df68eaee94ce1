import Indexing
import Synchronization

/// Draws how far a run is, on standard error, when that is a terminal.
final class ProgressBar: IndexProgress {
    private struct State {
        var total = 0
        var drawnAt: ContinuousClock.Instant?
        var isDrawn = false
    }

    private static let interval = Duration.milliseconds(100)
    private let state = Mutex(State())

    /// The bar for a command, or silence.
    static func make(quiet: Bool) -> any IndexProgress {
        quiet || !Terminal.errorIsTerminal ? NoProgress() : ProgressBar()
    }

    func begin(total: Int) {
        state.withLock { $0.total = total }
    }

    func advance(to count: Int) {
        state.withLock { state in
            let now = ContinuousClock.now
            let isDue = state.drawnAt.map { now - $0 > Self.interval } ?? true
            guard isDue || count == state.total else { return }
            state.drawnAt = now
            let share = state.total == 0 ? 1 : Double(count) / Double(state.total)
            let text = " \(count)/\(state.total) files"
            let room = max(10, min(40, Terminal.errorWidth - text.count - 4))
            let filled = Int(share * Double(room))
            let bar =
                String(repeating: "#", count: filled)
                + String(repeating: ".", count: room - filled)
            draw("[\(bar)]\(text)", &state)
        }
    }

    func stage(_ name: String) {
        state.withLock { draw(name + " …", &$0) }
    }

    /// Takes the bar off the screen.
    func clear() {
        state.withLock { state in
            guard state.isDrawn else { return }
            Terminal.printError("\r\u{1B}[K")
            state.isDrawn = false
        }
    }

    private func draw(_ text: String, _ state: inout State) {
        Terminal.printError("\r\u{1B}[K\(text)")
        state.isDrawn = true
    }
}
