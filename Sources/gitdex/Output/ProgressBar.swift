import Foundation
import Indexing
import Synchronization

/// Draws how far a run is, on standard error, when that is a terminal.
final class ProgressBar: IndexProgress {
    private struct State {
        var total = 0
        var drawnAt = Date.distantPast
        var isDrawn = false
    }

    private static let interval = 0.1
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
            let now = Date()
            let isLast = count == state.total
            guard isLast || now.timeIntervalSince(state.drawnAt) > Self.interval else { return }
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
            FileHandle.standardError.write(Data("\r\u{1B}[K".utf8))
            state.isDrawn = false
        }
    }

    private func draw(_ text: String, _ state: inout State) {
        FileHandle.standardError.write(Data("\r\u{1B}[K\(text)".utf8))
        state.isDrawn = true
    }
}
