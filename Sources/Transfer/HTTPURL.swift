import CCurl

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A URL, read by the same parser that the connection is made by.
struct HTTPURL: Sendable {
    /// The whole of it.
    let text: String
    /// `http` or `https`.
    let scheme: String
    /// The host in lower case.
    let host: String
    /// The port, also where the URL names none.
    let port: String

    /// What two URLs share whose host may see the same secrets.
    var origin: String { scheme + "://" + host + ":" + port }

    /// Reads an absolute URL.
    ///
    /// - Throws: ``TransferError`` with code `invalidRequest`.
    init(_ text: String) throws(TransferError) {
        guard let handle = curl_url() else { throw Self.unreadable }
        defer { curl_url_cleanup(handle) }
        try self.init(handle, text)
    }

    /// Reads what an answer names, which may leave out what stays the same.
    func resolving(_ reference: String) throws(TransferError) -> HTTPURL {
        guard let handle = curl_url() else { throw Self.unreadable }
        defer { curl_url_cleanup(handle) }
        guard curl_url_set(handle, CURLUPART_URL, text, 0) == CURLUE_OK else {
            throw Self.unreadable
        }
        return try HTTPURL(handle, reference)
    }

    private init(_ handle: OpaquePointer, _ text: String) throws(TransferError) {
        guard curl_url_set(handle, CURLUPART_URL, text, UInt32(CURLU_DISALLOW_USER)) == CURLUE_OK,
            let scheme = Self.part(handle, CURLUPART_SCHEME)?.lowercased(),
            scheme == "http" || scheme == "https",
            let host = Self.part(handle, CURLUPART_HOST)?.lowercased(), !host.isEmpty,
            let port = Self.part(handle, CURLUPART_PORT, UInt32(CURLU_DEFAULT_PORT)),
            curl_url_set(handle, CURLUPART_FRAGMENT, nil, 0) == CURLUE_OK,
            let whole = Self.part(handle, CURLUPART_URL)
        else { throw Self.unreadable }
        self.text = whole
        self.scheme = scheme
        self.host = host
        self.port = port
    }

    private static func part(
        _ handle: OpaquePointer, _ part: CURLUPart, _ flags: UInt32 = 0
    ) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        guard curl_url_get(handle, part, &text, flags) == CURLUE_OK, let text else { return nil }
        defer { curl_free(text) }
        return String(cString: text)
    }

    private static var unreadable: TransferError {
        TransferError(
            code: .invalidRequest, message: "that is no URL of a host that can be asked",
            remedy: "give one with http or https, a host, and no user or password in it")
    }
}
