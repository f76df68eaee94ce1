/// An answer over HTTP.
public struct HTTPResponse: Sendable {
    /// The status, such as 200.
    public var status: Int
    /// The fields.
    public var headers: HTTPHeaders
    /// The body, decompressed; empty where it was handed on while it came.
    public var body: [UInt8]
    /// Where it came from in the end.
    public var url: String

    /// Makes an answer; the parameters are its properties.
    public init(status: Int, headers: HTTPHeaders, body: [UInt8], url: String) {
        self.status = status
        self.headers = headers
        self.body = body
        self.url = url
    }

    /// Whether the status says that it went well.
    public var isSuccess: Bool { (200..<300).contains(status) }
}
