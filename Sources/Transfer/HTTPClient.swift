import Threads

/// Speaks HTTP through libcurl: with limits, and never where it must not.
///
/// The address that a host's name turned out to be is looked at when the connection is made, so that
/// a name cannot stand for a public address at one moment and a private one at the next. Redirects
/// are followed one by one, each looked at again; what holds credentials stays with its host. No
/// proxy, cookie, netrc or configuration of the machine takes part.
public final class HTTPClient: Sendable {
    /// How the client speaks to hosts.
    public let options: TransferOptions
    private let handles: CurlHandles

    /// Makes a client; nothing is connected yet.
    ///
    /// - Parameter options: How it speaks to hosts.
    public init(options: TransferOptions = TransferOptions()) {
        self.options = options
        handles = CurlHandles(limit: options.keptConnections)
    }

    /// Sends a request and waits for the whole answer.
    ///
    /// Blocks its thread, so it must not run on one of Swift's own.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - cancellation: What ends it early.
    /// - Returns: The answer, whatever its status.
    /// - Throws: ``TransferError`` when none came.
    public func send(
        _ request: HTTPRequest, cancellation: TransferCancellation? = nil
    ) throws(TransferError) -> HTTPResponse {
        var body: [UInt8] = []
        var response = try exchange(request, cancellation, onHead: { _ in true }) { bytes in
            body.append(contentsOf: bytes)
            return true
        }
        response.body = body
        return response
    }

    /// Sends a request and hands on the answer's body while it comes.
    ///
    /// Blocks its thread, so it must not run on one of Swift's own.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - cancellation: What ends it early.
    ///   - onHead: Gets the status and the fields before the body; false ends the request.
    ///   - onBody: Gets the next bytes, which are valid only during the call; false ends the request.
    /// - Returns: The answer without its body.
    /// - Throws: ``TransferError`` when it did not come to its end; `cancelled` also when a callback
    ///   ended it.
    public func stream(
        _ request: HTTPRequest, cancellation: TransferCancellation? = nil,
        onHead: @escaping (HTTPResponse) -> Bool = { _ in true },
        onBody: @escaping (UnsafeRawBufferPointer) -> Bool
    ) throws(TransferError) -> HTTPResponse {
        try exchange(request, cancellation, onHead: onHead, onBody: onBody)
    }

    /// Sends a request and waits for the whole answer without blocking the caller's thread.
    ///
    /// Runs on a thread of its own; ends early when the task is cancelled.
    ///
    /// - Parameter request: The request.
    /// - Returns: The answer, whatever its status.
    /// - Throws: ``TransferError`` when none came.
    public func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        let cancellation = TransferCancellation()
        let thread = SerialThread(name: "gitdex-transfer")
        defer { thread.stop() }
        return try await withTaskCancellationHandler {
            try await thread.run { try self.send(request, cancellation: cancellation) }
        } onCancel: {
            cancellation.cancel()
        }
    }

    private func exchange(
        _ request: HTTPRequest, _ cancellation: TransferCancellation?,
        onHead: @escaping (HTTPResponse) -> Bool,
        onBody: @escaping (UnsafeRawBufferPointer) -> Bool
    ) throws(TransferError) -> HTTPResponse {
        guard request.headers.areSendable else {
            throw TransferError(
                code: .invalidRequest, message: "a header holds signs that cannot be sent",
                remedy: "leave out line ends and control characters")
        }
        let deadline =
            MonotonicClock.milliseconds()
            + (request.timeoutMilliseconds ?? options.totalTimeoutMilliseconds)
        var request = request
        var url = try HTTPURL(request.url)
        for _ in 0...options.maximumRedirects {
            let step = Exchange(
                request, to: url, options, cancellation, deadline: deadline, onHead: onHead,
                onBody: onBody)
            let handle = handles.take()
            defer { handles.give(handle) }
            let response = try step.perform(on: handle)
            guard let location = step.redirect else { return response }
            let next = try url.resolving(location)
            request = try Redirect(from: url, to: next, status: response.status).apply(to: request)
            url = next
        }
        throw Redirect.tooMany(url)
    }
}
