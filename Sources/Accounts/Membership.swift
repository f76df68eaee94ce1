/// A workspace as somebody stands to it.
public struct Membership: Sendable, Equatable {
    /// The workspace's number; never shown.
    public let workspace: Int
    /// The workspace's id in addresses and answers: random, of letters and digits.
    public let publicID: String
    /// The workspace's name.
    public let name: String
    /// What may be done in it; for a key no more than its scopes.
    public let role: Role

    /// Describes a membership; the parameters are its properties.
    ///
    /// - Parameters:
    ///   - workspace: The workspace's number.
    ///   - publicID: The workspace's id in addresses.
    ///   - name: The workspace's name.
    ///   - role: What may be done in it.
    public init(workspace: Int, publicID: String, name: String, role: Role) {
        self.workspace = workspace
        self.publicID = publicID
        self.name = name
        self.role = role
    }
}
