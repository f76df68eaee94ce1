/// How a remote is spoken to.
public struct RemoteOptions: Sendable {
    /// What the remote is told when it asks who wants to read it.
    public var credentials = RemoteCredentials.none
    /// How long the remote may send nothing at all; a minute by default.
    ///
    /// Finding the address of a host is not in it: the system's resolver has limits of its own.
    public var timeoutMilliseconds = 60_000
    /// How long the whole operation may take; an hour by default.
    public var limitMilliseconds = 3_600_000
    /// Which SSH host keys are trusted; certificates of HTTPS hosts are always checked.
    public var hostKeys = HostKeyPolicy.knownHosts
    /// Whether local paths and hosts at addresses of private networks, of this machine or of the
    /// link may be used.
    ///
    /// A server that takes URLs from strangers turns it off. The address that is connected to is
    /// checked, so neither a name nor a redirect gets around it.
    public var allowsPrivateAddresses = true
    /// Whether a mirror of a repository on this disk reads that one's objects instead of copying them.
    public var borrowsLocalObjects = false
    /// Called about ten times a second with the numbers of objects received and expected, on a
    /// thread of its own and also while the remote is silent; `false` ends the operation.
    public var progress: @Sendable (_ received: Int, _ total: Int) -> Bool = { _, _ in true }

    /// Makes the default options: no credentials, everything checked.
    public init() {}
}
