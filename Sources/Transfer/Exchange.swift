import Addresses
import CCurl
import Threads

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// One request to one host, and what came back.
///
/// libcurl calls it back on the thread that performs it, and only during that.
final class Exchange {
    private let request: HTTPRequest
    private let url: HTTPURL
    private let options: TransferOptions
    private let cancellation: TransferCancellation?
    private let deadline: Int
    private let maximumBodyBytes: Int
    private let onHead: (HTTPResponse) -> Bool
    private let onBody: (UnsafeRawBufferPointer) -> Bool

    private var response: HTTPResponse
    private var headerBytes = 0
    private var bodyBytes = 0
    private var hasHead = false
    /// Why the exchange was ended from this side.
    private var verdict: TransferError?

    init(
        _ request: HTTPRequest, to url: HTTPURL, _ options: TransferOptions,
        _ cancellation: TransferCancellation?, deadline: Int,
        onHead: @escaping (HTTPResponse) -> Bool,
        onBody: @escaping (UnsafeRawBufferPointer) -> Bool
    ) {
        self.request = request
        self.url = url
        self.options = options
        self.cancellation = cancellation
        self.deadline = deadline
        self.onHead = onHead
        self.onBody = onBody
        maximumBodyBytes = request.maximumBodyBytes ?? options.maximumBodyBytes
        response = HTTPResponse(status: 0, headers: [:], body: [], url: url.text)
    }

    /// Sends the request and takes in the answer.
    func perform(on handle: CurlHandle) throws(TransferError) -> HTTPResponse {
        let milliseconds = deadline - MonotonicClock.milliseconds()
        guard milliseconds > 0 else {
            throw CurlFailure(host: url.host).error(for: CURLE_OPERATION_TIMEDOUT)
        }
        var fields: UnsafeMutablePointer<curl_slist>?
        defer { curl_slist_free_all(fields) }
        configure(handle, milliseconds: milliseconds)
        for line in headerLines { fields = curl_slist_append(fields, line) ?? fields }
        gitdex_curl_set_list(handle.pointer, CURLOPT_HTTPHEADER, fields)
        let code = withExtendedLifetime(self) {
            if let body = request.body {
                return body.withUnsafeBytes { bytes in
                    handle.set(CURLOPT_POSTFIELDSIZE, bytes.count)
                    handle.set(
                        CURLOPT_POSTFIELDS, UnsafeMutableRawPointer(mutating: bytes.baseAddress))
                    return curl_easy_perform(handle.pointer)
                }
            }
            return curl_easy_perform(handle.pointer)
        }
        if let verdict { throw verdict }
        guard code == CURLE_OK else { throw CurlFailure(host: url.host).error(for: code) }
        finishHead()
        if let verdict { throw verdict }
        return response
    }

    /// Where the answer sends the request on, unless that is the caller's to follow.
    var redirect: String? {
        guard request.followsRedirects, Redirect.statuses.contains(response.status) else {
            return nil
        }
        return response.headers["location"]
    }

    // MARK: What libcurl is told

    private var headerLines: [String] {
        var headers = request.headers
        // libcurl would wait for a word from the host before it sends a body.
        if request.body != nil { headers["expect"] = "" }
        if headers["user-agent"] == nil { headers["user-agent"] = options.userAgent }
        // A name and a semicolon is how libcurl takes a field without a value.
        return headers.fields.map { field in
            field.value.isEmpty && field.name != "expect"
                ? field.name + ";" : field.name + ": " + field.value
        }
    }

    private func configure(_ handle: CurlHandle, milliseconds: Int) {
        handle.set(CURLOPT_URL, url.text)
        handle.set(CURLOPT_PROTOCOLS_STR, "http,https")
        handle.set(CURLOPT_NOSIGNAL, 1)
        handle.set(CURLOPT_FOLLOWLOCATION, 0)
        // An empty name keeps libcurl from looking for one in the environment.
        handle.set(CURLOPT_PROXY, "")
        handle.set(CURLOPT_NETRC, Int(CURL_NETRC_IGNORED.rawValue))
        handle.set(CURLOPT_ACCEPT_ENCODING, "")
        handle.set(CURLOPT_CONNECTTIMEOUT_MS, options.connectTimeoutMilliseconds)
        handle.set(CURLOPT_TIMEOUT_MS, milliseconds)
        handle.set(CURLOPT_LOW_SPEED_LIMIT, 1)
        handle.set(CURLOPT_LOW_SPEED_TIME, options.stallTimeoutSeconds)
        handle.set(CURLOPT_TCP_KEEPALIVE, 1)
        if let file = options.certificateFile { handle.set(CURLOPT_CAINFO, file) }
        switch request.method {
        case .get: handle.set(CURLOPT_HTTPGET, 1)
        case .post where request.body == nil:
            handle.set(CURLOPT_POST, 1)
            handle.set(CURLOPT_POSTFIELDSIZE, 0)
        default:
            if request.body != nil { handle.set(CURLOPT_POST, 1) }
            handle.set(CURLOPT_CUSTOMREQUEST, request.method.rawValue)
        }
        callBack(from: handle)
    }

    private func callBack(from handle: CurlHandle) {
        let this = Unmanaged.passUnretained(self).toOpaque()
        handle.set(CURLOPT_HEADERDATA, this)
        gitdex_curl_set_receiver(handle.pointer, CURLOPT_HEADERFUNCTION) {
            let bytes = UnsafeRawBufferPointer(start: $0, count: $1 * $2)
            return Exchange.of($3)?.take(header: bytes) == true ? bytes.count : 0
        }
        handle.set(CURLOPT_WRITEDATA, this)
        gitdex_curl_set_receiver(handle.pointer, CURLOPT_WRITEFUNCTION) {
            let bytes = UnsafeRawBufferPointer(start: $0, count: $1 * $2)
            return Exchange.of($3)?.take(body: bytes) == true ? bytes.count : 0
        }
        handle.set(CURLOPT_OPENSOCKETDATA, this)
        gitdex_curl_set_socket_opener(handle.pointer) { this, _, address in
            guard let address, let exchange = Exchange.of(this) else { return CURL_SOCKET_BAD }
            return exchange.open(address)
        }
        handle.set(CURLOPT_XFERINFODATA, this)
        handle.set(CURLOPT_NOPROGRESS, 0)
        gitdex_curl_set_progress(handle.pointer) { this, _, _, _, _ in
            Exchange.of(this)?.isCancelled == true ? 1 : 0
        }
    }

    private static func of(_ pointer: UnsafeMutableRawPointer?) -> Exchange? {
        pointer.map { Unmanaged<Exchange>.fromOpaque($0).takeUnretainedValue() }
    }

    // MARK: What libcurl asks and says

    private var isCancelled: Bool {
        guard cancellation?.isCancelled == true else { return false }
        end(.cancelled, "the request was ended", "send it again if it is still wanted")
        return true
    }

    private func open(_ address: UnsafeMutablePointer<curl_sockaddr>) -> curl_socket_t {
        guard let offset = MemoryLayout<curl_sockaddr>.offset(of: \.addr) else {
            return CURL_SOCKET_BAD
        }
        if !options.allowsPrivateAddresses {
            let socketAddress = (UnsafeRawPointer(address) + offset)
                .assumingMemoryBound(to: sockaddr.self)
            if PrivateAddress.contains(socketAddress) {
                end(
                    .privateAddress, "\(url.host) lies in a private network",
                    "use a host of the public internet, or have private ones allowed")
                return CURL_SOCKET_BAD
            }
        }
        let description = address.pointee
        let descriptor = socket(description.family, description.socktype, description.protocol)
        if descriptor >= 0 { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
        return descriptor
    }

    private func take(header bytes: UnsafeRawBufferPointer) -> Bool {
        headerBytes += bytes.count
        guard headerBytes <= options.maximumHeaderBytes else {
            end(
                .tooLarge, "the answer of \(url.host) has more fields than are allowed",
                "ask another host")
            return false
        }
        let line = String(decoding: bytes, as: UTF8.self)
            .trimmingPrefix { $0.isWhitespace }
        if line.hasPrefix("HTTP/") {
            // Answers that only say that another follows have heads of their own.
            let words = line.split(separator: " ", maxSplits: 2)
            response.status = words.count > 1 ? Int(words[1].prefix { $0.isNumber }) ?? 0 : 0
            response.headers = [:]
        } else if let colon = line.firstIndex(of: ":"), !hasHead {
            response.headers.append(
                String(line[..<colon]),
                Self.trimmed(line[line.index(after: colon)...]))
        }
        return true
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text.drop { $0.isWhitespace }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }

    private func take(body bytes: UnsafeRawBufferPointer) -> Bool {
        guard finishHead() else { return false }
        bodyBytes += bytes.count
        guard bodyBytes <= maximumBodyBytes else {
            end(
                .tooLarge, "the answer of \(url.host) has more than \(maximumBodyBytes) bytes",
                "ask for less at once")
            return false
        }
        if redirect != nil { return true }
        if onBody(bytes) { return true }
        end(.cancelled, "the request was ended", "send it again if it is still wanted")
        return false
    }

    /// Tells the caller of the status and the fields, once.
    @discardableResult
    private func finishHead() -> Bool {
        guard !hasHead else { return true }
        hasHead = true
        if redirect != nil || onHead(response) { return true }
        end(.cancelled, "the request was ended", "send it again if it is still wanted")
        return false
    }

    private func end(_ code: TransferError.Code, _ message: String, _ remedy: String) {
        if verdict == nil { verdict = TransferError(code: code, message: message, remedy: remedy) }
    }
}
