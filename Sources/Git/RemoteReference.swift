/// A reference as a remote lists it.
public struct RemoteReference: Hashable, Sendable {
    /// The full name, such as `refs/heads/main`.
    public let name: String
    /// The object it points to: of an annotated tag, the tag itself.
    public let oid: ObjectID

    /// Makes a reference.
    ///
    /// - Parameters:
    ///   - name: The full name.
    ///   - oid: The object it points to.
    public init(name: String, oid: ObjectID) {
        self.name = name
        self.oid = oid
    }
}
