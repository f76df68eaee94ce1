/// Which SSH host keys are trusted.
public enum HostKeyPolicy: Hashable, Sendable {
    /// Those that `~/.ssh/known_hosts` of this user names for the host.
    case knownHosts
    /// Those with one of these fingerprints, as `ssh-keygen -l` shows them: `SHA256:` and 43
    /// characters of base64.
    case fingerprints(Set<String>)
}
