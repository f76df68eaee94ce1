/// An attempt to connect an account, while the browser is at the provider.
public struct OAuthStateRecord: Sendable {
    /// The workspace's number.
    public var workspace: Int
    /// The workspace's public id.
    public var workspacePublicID: String
    /// The user who began it, where there are users.
    public var user: Int?
    /// The hash of what the browser keeps.
    public var browserHash: [UInt8]
    /// The verifier of the code challenge, encrypted.
    public var verifier: String

    /// Makes a record; the parameters are its properties.
    public init(
        workspace: Int, workspacePublicID: String = "", user: Int?, browserHash: [UInt8],
        verifier: String
    ) {
        self.workspace = workspace
        self.workspacePublicID = workspacePublicID
        self.user = user
        self.browserHash = browserHash
        self.verifier = verifier
    }
}
