/// What a delivery says about which repository it concerns.
public struct RemoteNames: Hashable, Sendable {
    /// The provider's number for it.
    public var providerID: Int?
    /// Its places, normalised; see ``RemoteLocation``.
    public var locations: [String]
    /// Its `owner/name`, in any case.
    public var fullName: String?

    /// Makes the names of a repository.
    ///
    /// - Parameters:
    ///   - providerID: The provider's number for it.
    ///   - locations: Its places, normalised.
    ///   - fullName: Its `owner/name`.
    public init(providerID: Int? = nil, locations: [String] = [], fullName: String? = nil) {
        self.providerID = providerID
        self.locations = locations
        self.fullName = fullName
    }
}
