/// A delivery that was accepted for one workspace.
public struct NewDelivery: Sendable {
    /// How its body is to be read.
    public enum ContentType: String, Sendable {
        /// The body is the payload.
        case json
        /// The body is a form whose field `payload` is the payload.
        case form
    }

    /// The workspace's number.
    public var workspace: Int
    /// The repository's number, when it concerns one.
    public var repository: Int?
    /// The provider's name for the delivery, which a redelivery keeps.
    public var guid: String
    /// The kind of event.
    public var event: String
    /// How its body is to be read.
    public var contentType: ContentType
    /// The body, byte for byte.
    public var body: [UInt8]

    /// Makes a delivery; the parameters are its properties.
    public init(
        workspace: Int, repository: Int?, guid: String, event: String, contentType: ContentType,
        body: [UInt8]
    ) {
        self.workspace = workspace
        self.repository = repository
        self.guid = guid
        self.event = event
        self.contentType = contentType
        self.body = body
    }
}
