public import Postgres

/// What a provider said about a repository, at a time of the provider's.
public struct RemoteDescription: Sendable, Equatable {
    /// The provider's number for it.
    public var providerID: Int?
    /// Its address now.
    public var url: String?
    /// Whether nothing is written to it any more; nil leaves that as it is.
    public var archived: Bool?
    /// When it was so, by the provider's clock; nil counts as older than any.
    public var describedAt: Timestamp?

    /// Makes a description.
    ///
    /// - Parameters:
    ///   - providerID: The provider's number for it.
    ///   - url: Its address now.
    ///   - archived: Whether nothing is written to it any more.
    ///   - describedAt: When it was so.
    public init(
        providerID: Int? = nil, url: String? = nil, archived: Bool? = nil,
        describedAt: Timestamp? = nil
    ) {
        self.providerID = providerID
        self.url = url
        self.archived = archived
        self.describedAt = describedAt
    }
}
