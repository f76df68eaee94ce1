/// Who may make an account by themselves.
public enum RegistrationRules: String, Sendable, CaseIterable {
    /// Anybody.
    case open
    /// Who has an invitation into a workspace, and the first user of an empty server.
    case invitation
    /// Nobody: accounts are made with `gitdex user add`.
    case closed
}
