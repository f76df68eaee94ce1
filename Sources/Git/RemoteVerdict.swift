/// Why a remote operation was ended from this side.
enum RemoteVerdict: Hashable, Sendable {
    /// The remote sent nothing for too long.
    case silent
    /// The operation took too long as a whole.
    case tooLong
    /// The caller wants no more of it.
    case cancelled
    /// The remote asks for credentials and there are none of a kind it takes.
    case credentialsMissing
    /// The remote did not accept the credentials.
    case credentialsRefused
    /// Credentials are needed at a host to which the remote redirected.
    case otherHost(String)
    /// The certificate or key of a host is not trusted; of a key, its fingerprint.
    case untrusted(host: String, fingerprint: String?)
    /// The host has none but private addresses, which may not be used.
    case privateAddress(String)
}
