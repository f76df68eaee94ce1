import Glibc

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What the standard streams are.
enum Terminal {
    static let outputIsTerminal = isatty(STDOUT_FILENO) == 1
    static let errorIsTerminal = isatty(STDERR_FILENO) == 1

    /// Whether output may be coloured: on a terminal that can, unless NO_COLOR is set.
    static let outputHasColour: Bool = {
        let environment = ProcessInfo.processInfo.environment
        return outputIsTerminal && (environment["NO_COLOR"] ?? "").isEmpty
            && environment["TERM"] != "dumb"
    }()

    /// The width of the terminal that progress is drawn on, in columns.
    static var errorWidth: Int {
        var size = winsize()
        guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    /// Writes a line to standard output.
    static func print(_ line: String) {
        write(line + "\n", to: STDOUT_FILENO)
    }

    /// Writes a warning to standard error, as one line.
    static func warn(_ message: String) {
        let line = message.split(whereSeparator: \.isNewline).joined(separator: " ")
        printError("gitdex: warning: \(line)\n")
    }

    /// Writes text to standard error.
    static func printError(_ text: String) {
        write(text, to: STDERR_FILENO)
    }

    /// Ends the process when its output is lost, as on a full disk.
    private static func giveUp(on stream: Int32) {
        guard stream == STDOUT_FILENO, errno != EPIPE else { return }
        printError("gitdex: the output cannot be written: \(String(cString: strerror(errno)))\n")
        Termination.leave(1)
    }

    /// Writes all of a text; a stream that nobody reads any more is no error.
    private static func write(_ text: String, to stream: Int32) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(stream, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            if count <= 0 { return giveUp(on: stream) }
            rest = rest.dropFirst(count)
        }
    }
}
