import Glibc

/// What happens on Ctrl-C: the process ends at once, and the database undoes what was not committed.
enum Interruption {
    private static let message: StaticString =
        "gitdex: interrupted: the index is as it was; run the command again to go on\n"

    /// Takes over SIGINT and SIGTERM.
    static func install() {
        for signal in [SIGINT, SIGTERM] {
            Glibc.signal(signal) { number in
                // Only calls that are safe in a signal handler.
                if isatty(STDERR_FILENO) == 1 {
                    // Off the line that the progress bar is on.
                    var newline = UInt8(ascii: "\n")
                    _ = write(STDERR_FILENO, &newline, 1)
                }
                _ = write(
                    STDERR_FILENO, Interruption.message.utf8Start,
                    Interruption.message.utf8CodeUnitCount)
                _exit(128 + number)
            }
        }
        // A reader such as `head` that has seen enough is no error.
        Glibc.signal(SIGPIPE, SIG_DFL)
    }
}
