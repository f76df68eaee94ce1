/// A request over HTTP.
public struct HTTPRequest: Sendable {
    /// What is asked for.
    public enum Method: String, Sendable {
        /// To read something.
        case get = "GET"
        /// To make something.
        case post = "POST"
        /// To change a part of something.
        case patch = "PATCH"
        /// To put something in place.
        case put = "PUT"
        /// To take something away.
        case delete = "DELETE"
    }

    /// What is asked for.
    public var method: Method
    /// Where: an absolute URL of `http` or `https`, without a user in it.
    public var url: String
    /// The fields; those that hold credentials never go to another host than the URL's.
    public var headers: HTTPHeaders
    /// What is sent along; a request with it is never sent on to another host.
    public var body: [UInt8]?
    /// How long it may take altogether, in milliseconds; nil for what the client allows.
    public var timeoutMilliseconds: Int?
    /// How many bytes the answer may have, after decompression; nil for what the client allows.
    public var maximumBodyBytes: Int?
    /// Whether an answer that names another place is followed there.
    public var followsRedirects = true

    /// Makes a request.
    ///
    /// - Parameters:
    ///   - method: What is asked for.
    ///   - url: Where.
    ///   - headers: The fields.
    ///   - body: What is sent along.
    public init(
        _ method: Method = .get, _ url: String, headers: HTTPHeaders = [:], body: [UInt8]? = nil
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
    }
}
