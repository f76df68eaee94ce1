public import Postgres

/// What an entry of the audit log is about.
///
/// Others may name kinds of their own.
public struct AuditKind: RawRepresentable, Sendable, Hashable {
    /// The name, such as `login.failed`; at most 64 characters.
    public let rawValue: String

    /// Names a kind.
    ///
    /// - Parameter rawValue: The name.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// An account was made.
    public static let userCreated = AuditKind(rawValue: "user.created")
    /// An account was closed.
    public static let userDisabled = AuditKind(rawValue: "user.disabled")
    /// An account was opened again.
    public static let userEnabled = AuditKind(rawValue: "user.enabled")
    /// A login succeeded.
    public static let loginSucceeded = AuditKind(rawValue: "login.succeeded")
    /// A login failed; the subject is the user, where the address has one.
    public static let loginFailed = AuditKind(rawValue: "login.failed")
    /// A session was ended by its user.
    public static let sessionEnded = AuditKind(rawValue: "session.ended")
    /// A refresh token was used twice, and its session ended.
    public static let tokenReused = AuditKind(rawValue: "token.reused")
    /// A password was changed by its user, or set on the command line.
    public static let passwordChanged = AuditKind(rawValue: "password.changed")
    /// A change of a password failed for the present one.
    public static let passwordRefused = AuditKind(rawValue: "password.refused")
    /// An API key was made.
    public static let keyCreated = AuditKind(rawValue: "key.created")
    /// An API key was revoked.
    public static let keyRevoked = AuditKind(rawValue: "key.revoked")
    /// A workspace was made.
    public static let workspaceCreated = AuditKind(rawValue: "workspace.created")
    /// A workspace was renamed.
    public static let workspaceRenamed = AuditKind(rawValue: "workspace.renamed")
    /// A workspace was deleted; stands outside of any workspace.
    public static let workspaceDeleted = AuditKind(rawValue: "workspace.deleted")
    /// Somebody became a member.
    public static let memberAdded = AuditKind(rawValue: "member.added")
    /// A member has another role.
    public static let memberChanged = AuditKind(rawValue: "member.changed")
    /// A member left or was removed.
    public static let memberRemoved = AuditKind(rawValue: "member.removed")
    /// Somebody was invited.
    public static let invitationCreated = AuditKind(rawValue: "invitation.created")
    /// An invitation was accepted.
    public static let invitationAccepted = AuditKind(rawValue: "invitation.accepted")
    /// An invitation was taken back.
    public static let invitationRevoked = AuditKind(rawValue: "invitation.revoked")
    /// Secrets at rest were encrypted anew.
    public static let keysRotated = AuditKind(rawValue: "encryption.rotated")
}

/// An entry of the audit log.
public struct AuditEvent: Sendable, Equatable {
    /// Its number; later entries have higher ones.
    public let id: Int
    /// When it happened.
    public let at: Timestamp
    /// Who did it, as ``Principal/actor`` names them; `anonymous` for a stranger.
    public let actor: String
    /// The address of the user who did it, where it was one.
    public let actorEmail: String?
    /// What happened.
    public let kind: AuditKind
    /// Whom or what it happened to, such as `user:…`.
    public let subject: String?
    /// The client's network address.
    public let address: String?
    /// The request's id.
    public let requestID: String?
}
