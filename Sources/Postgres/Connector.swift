internal import CLibpq
internal import Threads

#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

/// Opens connections: with a time limit, waiting for a server that is just starting up.
struct Connector {
    private static let firstPauseMilliseconds = 20
    private static let longestPauseMilliseconds = 500

    let parameters: ConnectionParameters
    /// The same without a role; nil where none is asked for.
    private let withoutRole: ConnectionParameters?
    private let timeoutMilliseconds: Int

    /// Takes the connection string apart; connects nothing.
    init(_ url: String, options: ConnectionOptions) throws(PostgresError) {
        parameters = try ConnectionParameters(url, options: options)
        withoutRole =
            options.role == nil
            ? nil : try ConnectionParameters(url, options: options, withRole: false)
        timeoutMilliseconds = options.connectTimeoutMilliseconds
    }

    /// Connects; says whether the session has the role that was asked for.
    func connect() throws(PostgresError) -> (handle: OpaquePointer, hasRole: Bool) {
        let deadline = MonotonicClock.milliseconds() + timeoutMilliseconds
        do throws(PostgresError) {
            return (try connect(parameters, deadline: deadline), true)
        } catch {
            guard let withoutRole, Self.refusesRole(error) else { throw error }
            return (try connect(withoutRole, deadline: deadline), false)
        }
    }

    /// Whether it may be for the role that the server did not let the session in.
    private static func refusesRole(_ error: PostgresError) -> Bool {
        guard let state = error.sqlState else { return false }
        return state.hasPrefix("22") || state.hasPrefix("42")
    }

    private func connect(
        _ parameters: ConnectionParameters, deadline: Int
    ) throws(PostgresError) -> OpaquePointer {
        var pause = Self.firstPauseMilliseconds
        while true {
            do throws(PostgresError) {
                return try attempt(parameters, deadline: deadline)
            } catch {
                guard error.code == .serverNotReady,
                    MonotonicClock.milliseconds() + pause < deadline
                else { throw error }
            }
            MonotonicClock.sleep(milliseconds: pause)
            pause = min(pause * 2, Self.longestPauseMilliseconds)
        }
    }

    private func attempt(
        _ parameters: ConnectionParameters, deadline: Int
    ) throws(PostgresError) -> OpaquePointer {
        guard let handle = parameters.start() else {
            throw PostgresError(.outOfResources, message: "no memory for a connection")
        }
        // Verbose messages carry the SQLSTATE, the only place where libpq tells it on connecting.
        PQsetErrorVerbosity(handle, PQERRORS_VERBOSE)
        var isOpen = false
        defer { if !isOpen { PQfinish(handle) } }
        var step = PQstatus(handle) == CONNECTION_BAD ? PGRES_POLLING_FAILED : PGRES_POLLING_WRITING
        while step != PGRES_POLLING_OK {
            guard step == PGRES_POLLING_READING || step == PGRES_POLLING_WRITING else {
                throw failure(handle)
            }
            let remaining = deadline - MonotonicClock.milliseconds()
            let events = step == PGRES_POLLING_READING ? POLLIN : POLLOUT
            guard remaining > 0,
                Poll.wait(PQsocket(handle), for: Int16(events), milliseconds: remaining)
            else {
                throw PostgresError(
                    .connectionFailed,
                    message: "no answer to connecting within \(timeoutMilliseconds) ms")
            }
            step = PQconnectPoll(handle)
        }
        PQsetErrorVerbosity(handle, PQERRORS_DEFAULT)
        PQsetNoticeReceiver(handle, { _, _ in }, nil)
        isOpen = true
        return handle
    }

    private func failure(_ handle: OpaquePointer) -> PostgresError {
        let text = PQerrorMessage(handle).map { String(cString: $0) } ?? ""
        let line = parameters.redacted(firstLine(text))
        guard let (state, message) = Self.serverMessage(in: line) else {
            // On a unix socket this is the queue of connections that wait to be accepted, full.
            if line.contains(String(cString: strerror(EAGAIN))) {
                return PostgresError(.serverNotReady, message: line)
            }
            return PostgresError(.connectionFailed, message: line)
        }
        return PostgresError(
            PostgresError.Code(sqlState: state), sqlState: state, message: message)
    }

    /// Finds `FATAL:  28P01: what happened` in a verbose message.
    static func serverMessage(in line: String) -> (state: String, message: String)? {
        let parts = line.split(separator: ":").map { $0.drop { $0 == " " } }
        for (index, part) in parts.enumerated().dropFirst() {
            let isState =
                part.utf8.count == 5 && part.utf8.contains { (48...57).contains($0) }
                && part.utf8.allSatisfy { (48...57).contains($0) || (65...90).contains($0) }
            guard isState, index + 1 < parts.count else { continue }
            return (String(part), parts[(index + 1)...].joined(separator: ": "))
        }
        return nil
    }
}

/// Waits on one file descriptor.
enum Poll {
    /// Whether one of the events, an error or the peer's end came within the time.
    static func wait(_ descriptor: Int32, for events: Int16, milliseconds: Int) -> Bool {
        var entry = pollfd(fd: descriptor, events: events, revents: 0)
        let deadline = MonotonicClock.milliseconds() + milliseconds
        while true {
            let left = milliseconds == 0 ? 0 : deadline - MonotonicClock.milliseconds()
            let count = poll(&entry, 1, Int32(clamping: max(left, 0)))
            if count > 0 { return true }
            if count == 0 || errno != EINTR { return false }
        }
    }
}
