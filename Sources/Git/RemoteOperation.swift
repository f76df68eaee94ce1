import CLibgit2
import Dispatch
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// One conversation with a remote: its limits, its socket, and why it was ended from this side.
///
/// libgit2 1.5 waits for a socket without end and tells nobody meanwhile. So its sockets are
/// ``RemoteSocket``s, each known to its operation, and a timer looks at the operation ten times a
/// second: when a limit is passed or the caller wants no more, it shuts the socket down, which ends
/// whatever call waits on it, in the TLS and SSH libraries as well. Nothing is left behind, neither
/// a thread nor a connection.
final class RemoteOperation: Sendable {
    /// How often limits and the caller's will are looked at.
    static let tickMilliseconds = 100

    /// The operation of this thread, for the callback of libgit2 that knows of nothing else.
    @TaskLocal static var current: RemoteOperation?

    private struct State {
        var verdict: RemoteVerdict?
        var descriptor: Int32 = -1
        var isFinished = false
        var lastActivity = DispatchTime.now().uptimeNanoseconds
        var received = 0
        var total = 0
        var hasGivenCredentials = false
        var host = ""
        var port = ""
    }

    let url: RemoteURL
    let options: RemoteOptions
    let credentials: RemoteCredentials
    /// What the first request says of who reads; nil where the remote has to ask.
    let authorization: String?
    private let start = DispatchTime.now().uptimeNanoseconds
    private let state: Mutex<State>

    init(
        _ url: RemoteURL, _ options: RemoteOptions, sendsCredentialsFirst: Bool = true
    ) throws(GitError) {
        if url.transport == .local, !options.allowsPrivateAddresses {
            throw RemoteURL.unsupported("local repositories may not be used as remotes here")
        }
        self.url = url
        self.options = options
        if case .none = options.credentials {
            credentials = url.credentials
        } else {
            credentials = options.credentials
        }
        authorization =
            sendsCredentialsFirst ? BasicAuthorization.field(of: credentials, to: url) : nil
        var first = State()
        // From the start no other host is connected to, so that none hears of them.
        first.hasGivenCredentials = authorization != nil
        state = Mutex(first)
    }

    /// Runs a conversation that begins with the credentials.
    ///
    /// Where the remote redirects to another host, which must not have them, it begins anew without:
    /// the other host may ask for none.
    static func converse<R>(
        _ url: RemoteURL, _ options: RemoteOptions,
        _ body: (RemoteOperation) throws(GitError) -> R
    ) throws(GitError) -> R {
        let first = try RemoteOperation(url, options)
        do throws(GitError) {
            return try first.run { () throws(GitError) in try body(first) }
        } catch {
            guard first.authorization != nil, case .otherHost = first.verdict else { throw error }
        }
        let second = try RemoteOperation(url, options, sendsCredentialsFirst: false)
        return try second.run { () throws(GitError) in try body(second) }
    }

    /// Runs calls of libgit2 under the limits of this operation.
    func run<R>(_ body: () throws(GitError) -> R) throws(GitError) -> R {
        Library.start()
        RemoteSocket.register()
        let timer = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "gitdex.remote"))
        let tick = DispatchTimeInterval.milliseconds(Self.tickMilliseconds)
        timer.schedule(deadline: .now() + tick, repeating: tick)
        timer.setEventHandler { [self] in inspect() }
        timer.resume()
        defer {
            timer.cancel()
            state.withLock { $0.isFinished = true }
        }
        let result = Self.$current.withValue(self) {
            Result { () throws(GitError) -> R in try body() }
        }
        return try result.get()
    }

    /// Why this side ended the operation, if it did.
    var verdict: RemoteVerdict? {
        state.withLock { $0.verdict }
    }

    /// Ends the operation: the first reason counts.
    func end(_ verdict: RemoteVerdict) {
        state.withLock { state in
            guard !state.isFinished, state.verdict == nil else { return }
            state.verdict = verdict
            if state.descriptor >= 0 { shutdown(state.descriptor, Int32(SHUT_RDWR)) }
        }
    }

    /// Something came from the remote, or is being done with what came.
    func noteActivity() {
        let now = DispatchTime.now().uptimeNanoseconds
        state.withLock { $0.lastActivity = now }
    }

    /// Takes the numbers of objects; false when the operation is to end.
    func note(received: Int, total: Int) -> Bool {
        let now = DispatchTime.now().uptimeNanoseconds
        return state.withLock { state in
            state.lastActivity = now
            state.received = received
            state.total = total
            return state.verdict == nil
        }
    }

    /// A connection to a host is about to be made; false when it may not be.
    func mayConnect(to host: String, _ port: String) -> Bool {
        let mayConnect = state.withLock { state in
            state.host = host
            state.port = port
            return !state.hasGivenCredentials || url.isOwn(host: host, port: port)
        }
        if !mayConnect { end(.otherHost(host)) }
        return mayConnect
    }

    /// The remote asks for credentials; false when it may not have them, or had them before.
    func mayGiveCredentials() -> Bool {
        let verdict: RemoteVerdict? = state.withLock { state in
            guard url.isOwn(host: state.host, port: state.port) else {
                return .otherHost(state.host)
            }
            defer { state.hasGivenCredentials = true }
            return state.hasGivenCredentials ? .credentialsRefused : nil
        }
        if let verdict { end(verdict) }
        return verdict == nil
    }

    /// Makes a socket the one that is shut down when the operation ends; false when it has ended.
    func adopt(_ descriptor: Int32) -> Bool {
        let now = DispatchTime.now().uptimeNanoseconds
        return state.withLock { state in
            state.lastActivity = now
            guard state.verdict == nil else { return false }
            state.descriptor = descriptor
            return true
        }
    }

    /// Closes a socket, under the lock, as its number could otherwise be another file's when it is
    /// shut down.
    func close(_ descriptor: Int32) {
        state.withLock { state in
            if state.descriptor == descriptor { state.descriptor = -1 }
            _ = systemClose(descriptor)
        }
    }

    private func inspect() {
        let seen = state.withLock { $0 }
        guard !seen.isFinished, seen.verdict == nil else { return }
        let now = DispatchTime.now().uptimeNanoseconds
        if !options.progress(seen.received, seen.total) {
            end(.cancelled)
        } else if now > start + UInt64(options.limitMilliseconds) * 1_000_000 {
            end(.tooLong)
        } else if seen.descriptor >= 0,
            now > seen.lastActivity + UInt64(options.timeoutMilliseconds) * 1_000_000
        {
            end(.silent)
        }
    }
}

private let systemClose = close
