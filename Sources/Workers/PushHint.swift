import Telemetry

/// What a delivery says about a ref that moved.
///
/// Only a hint: the remote may not show it yet, or any more.
public struct PushHint: Sendable, Equatable {
    /// Where the ref stood before, as 40 hexadecimal digits; nil when nothing was said.
    public var before: String?
    /// Where it stands since, zeros when it is gone; nil when nothing was said.
    public var after: String?
    /// When the delivery was received, in seconds since 1970.
    public var receivedAt: Double

    /// Makes a hint; the parameters are its properties.
    public init(before: String? = nil, after: String? = nil, receivedAt: Double) {
        self.before = before
        self.after = after
        self.receivedAt = receivedAt
    }

    /// The hint as members of a JSON object, each after a comma.
    var members: String {
        var text = ",\"received_at\":\(receivedAt)"
        if let before { text += ",\"before\":\(JSONText.quoted(before))" }
        if let after { text += ",\"after\":\(JSONText.quoted(after))" }
        return text
    }
}
