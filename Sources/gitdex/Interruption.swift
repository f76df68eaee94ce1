import Foundation

/// What happens on Ctrl-C: the process ends at once, and the database undoes what was not committed.
enum Interruption {
    private static let message: StaticString =
        "\ngitdex: interrupted: the index is as it was; run the command again to go on\n"

    /// Takes over SIGINT and SIGTERM.
    static func install() {
        for signal in [SIGINT, SIGTERM] {
            Foundation.signal(signal) { number in
                // Only calls that are safe in a signal handler.
                _ = write(2, Interruption.message.utf8Start, Interruption.message.utf8CodeUnitCount)
                _exit(128 + number)
            }
        }
        // A reader such as `head` that has seen enough is no error.
        Foundation.signal(SIGPIPE, SIG_DFL)
    }
}
