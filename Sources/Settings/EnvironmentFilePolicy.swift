/// Which file of environment settings a command reads besides the environment itself.
///
/// A cloned repository's own `.env` must never steer a command that runs inside it, so only the
/// commands that operate a service look into their working directory.
public enum EnvironmentFilePolicy: Sendable, Hashable {
    /// None: `index`, `search`, hooks and everything else that works on a repository.
    case none
    /// The file that `--env-file` names, which must be there.
    case file(String)
    /// `.env` in this directory, if there is one: `serve`, `worker`, `migrate`, `user`,
    /// `workspace` and `key`.
    case workingDirectory(String)
}
