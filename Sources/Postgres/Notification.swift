/// A message that some session sent with NOTIFY.
public struct Notification: Sendable, Hashable {
    /// The channel it came by.
    public let channel: String
    /// Its text, empty when the sender gave none.
    public let payload: String
    /// The sender's server process.
    public let senderProcessID: Int
}
