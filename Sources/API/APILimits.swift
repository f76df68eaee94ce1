internal import NIOCore

/// The named limits of the server.
enum APILimits {
    // MARK: Connections

    /// How many connections may be open at once, if the system lets the process have so many files;
    /// more wait in the backlog.
    static let connections = 4_096
    /// A connection that neither sends nor awaits anything for so long is closed.
    static let idleTime = Duration.seconds(60)
    /// How long a refused client may go on sending before the connection is closed.
    static let lingering = TimeAmount.seconds(2)
    /// How much of what it sends meanwhile is taken.
    static let lingeringBytes = 64 * 1024 * 1024
    /// How long the header fields of a request may take to arrive, from its first byte on.
    static let headerTime = Duration.seconds(10)
    /// The bytes of one header field.
    static let headerFieldBytes = 16 * 1024
    /// The bytes of all header fields of a request.
    static let headerBytes = 32 * 1024
    /// The header fields of a request.
    static let headerFields = 100
    /// The bytes of a request's path and query.
    static let targetBytes = 12 * 1024

    // MARK: Bodies

    /// The bytes of a webhook's body, 25 MiB: GitHub sends at most 25 MB.
    static let webhookBytes = 25 * 1024 * 1024
    /// The bytes of all webhooks' bodies that are in memory at once.
    static let webhookBudgetBytes = 256 * 1024 * 1024
    /// The bytes of any other body.
    static let bodyBytes = 1024 * 1024
    /// How deep the objects and lists of a JSON body may stand in one another.
    static let bodyDepth = 16
    /// How long a body may take to arrive.
    static let bodyTime = Duration.seconds(10)
    /// Bodies below this many bytes are not worth compressing.
    static let compressedBytes = 860

    // MARK: Requests

    /// How long one request may be worked on.
    static let requestTime = Duration.seconds(15)
    /// How long a webhook may be worked on, its body's arrival included: GitHub waits for ten seconds.
    static let webhookTime = Duration.seconds(9)
    /// How long a webhook's body may take to arrive.
    static let webhookBodyTime = Duration.seconds(8)
    /// How long the check of readiness may take, so that its answer comes within three seconds.
    static let readinessTime = Duration.milliseconds(2_500)
    /// The longest request id that is taken over from a client.
    static let requestIDLength = 128
    /// The longest parameter, in bytes of UTF-8.
    static let parameterBytes = 8_192
    /// How often one parameter may be repeated.
    static let repetitions = 50

    // MARK: Lists

    /// How many rows a page has unless told otherwise.
    static let pageRows = 50
    /// The most rows of a page.
    static let maximumPageRows = 200
    /// The files left out that are listed for one ref.
    static let filesLeftOut = 1_000

    // MARK: Events

    /// A stream of events that has nothing to say sends a comment this often.
    static let heartbeat = Duration.seconds(15)
    /// How many events are read at once.
    static let eventRows = 256
    /// How many streams of events may be open at once.
    static let eventStreams = 256
    /// How many of them one user or key may have open.
    static let eventStreamsOfOne = 32

    /// How long a stream of events may last where people come and go: who loses their part in a
    /// workspace hears no more of it than this long.
    static let eventStreamTime = Duration.seconds(600)

    // MARK: Stopping

    /// How long requests that run may go on when the server is stopped.
    static let stopTime = Duration.seconds(8)
    /// How long bodies may still arrive when the server is stopped.
    static let stopBodyTime = Duration.seconds(2)
}
