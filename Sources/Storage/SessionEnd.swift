/// Why a session ended before its time.
public enum SessionEnd: String, Sendable {
    /// Its user signed out.
    case logout
    /// One of its refresh tokens was used twice.
    case reuse
    /// The password was changed.
    case password
    /// The account was closed.
    case disabled
}
