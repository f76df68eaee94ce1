/// Where a call comes from, for the audit log.
public struct RequestOrigin: Sendable, Equatable {
    /// The client's network address, where there is one.
    public var address: String?
    /// The request's id, where there is one.
    public var requestID: String?

    /// Describes where a call comes from.
    ///
    /// - Parameters:
    ///   - address: The client's network address.
    ///   - requestID: The request's id.
    public init(address: String? = nil, requestID: String? = nil) {
        self.address = address
        self.requestID = requestID
    }
}
