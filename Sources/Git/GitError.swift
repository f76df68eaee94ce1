/// Why something could not be read from a repository or fetched from a remote.
public struct GitError: Error, Sendable, CustomStringConvertible {
    /// The kinds of failure a program can react to.
    public enum Code: String, Sendable, CaseIterable {
        /// The path is not inside a git repository.
        case notARepository
        /// The repository stores its objects under another hash than SHA-1.
        case unsupportedObjectFormat
        /// The repository needs a git extension that is not understood.
        case unsupportedExtension
        /// The repository belongs to another user and is not marked as safe.
        case unsafeOwnership
        /// A revision, object or file does not exist.
        case notFound
        /// A revision is written in a way git cannot read.
        case invalidRevision
        /// A short object id or a name fits more than one object.
        case ambiguousRevision
        /// A revision names a tree or blob where a commit is needed.
        case notACommit
        /// An object's bytes are damaged or are not what its name says.
        case corruptObject
        /// The operating system denies access.
        case permissionDenied
        /// The path of the repository has bytes that are not UTF-8.
        case unsupportedPath
        /// The operation needs a working directory and the repository is bare.
        case bareRepository
        /// The remote wants credentials, or does not accept those it was given.
        case authenticationFailed
        /// The remote cannot be reached, broke off or is out of order; trying again may help.
        case network
        /// The certificate or host key of the remote is not one to trust.
        case untrustedHost
        /// The URL of a remote is of a kind that cannot be, or may not be, used.
        case unsupportedURL
        /// The caller ended the operation.
        case cancelled
        /// Anything else; the message says what.
        case other
    }

    /// What kind of failure this is.
    public let code: Code
    /// What happened, without a full stop.
    public let message: String
    /// What the user can do about it.
    public let remedy: String
    /// The words of the library or system below, when it gave any.
    public let cause: String?

    /// Makes an error.
    ///
    /// - Parameters:
    ///   - code: What kind of failure this is.
    ///   - message: What happened, without a full stop.
    ///   - remedy: What to do; `nil` takes the usual advice for the code.
    ///   - cause: The words of the library or system below.
    public init(_ code: Code, _ message: String, remedy: String? = nil, cause: String? = nil) {
        self.code = code
        self.message = message
        self.remedy = remedy ?? code.usualRemedy
        self.cause = cause
    }

    /// What happened, then what to do.
    public var description: String {
        guard let cause, !cause.isEmpty else { return "\(message): \(remedy)" }
        return "\(message) (\(cause)): \(remedy)"
    }
}

extension GitError.Code {
    /// The advice that fits most failures of this kind.
    fileprivate var usualRemedy: String {
        switch self {
        case .notARepository: "name a folder inside a git repository, or run `git init` there"
        case .unsupportedObjectFormat: "use a repository that was made with SHA-1 object names"
        case .unsupportedExtension: "convert the repository to a format without this extension"
        case .unsafeOwnership: "run `git config --global --add safe.directory <repository>`"
        case .notFound: "check the name, or fetch what is missing"
        case .invalidRevision: "name a branch, a tag or a commit"
        case .ambiguousRevision: "write more digits of the commit, or the full name of the ref"
        case .notACommit: "name a branch, a tag of a commit, or a commit"
        case .corruptObject: "run `git fsck` and restore the object from another clone"
        case .permissionDenied: "give this user read access to the repository"
        case .unsupportedPath: "rename the folders so that their names are UTF-8"
        case .bareRepository: "use a clone that has a working directory"
        case .authenticationFailed: "check that the token or key is valid and may read it"
        case .network: "try again later, and check the network and the name of the host"
        case .untrustedHost: "find out whether this is the right host before trusting it"
        case .unsupportedURL: "use an https or ssh URL, or the absolute path of a repository"
        case .cancelled: "start it again when it is wanted"
        case .other: "run `git fsck` to see whether git itself can read the repository"
        }
    }
}
