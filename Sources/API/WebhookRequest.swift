/// A delivery as it came in: nothing about it has been checked but its size.
public struct WebhookRequest: Sendable {
    /// The header fields, with lower-cased names; of a repeated one the first.
    public let headers: [String: String]
    /// The bytes of the body, as they were sent.
    public let body: [UInt8]
}
