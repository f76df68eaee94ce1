public import Git
public import GitHub
import Postgres
import Storage

/// Turns what is stored of a repository into how its remote is spoken to.
public struct RemoteAccess: Sendable {
    /// What every remote is spoken to with, besides the credentials.
    public var options: RemoteOptions
    /// Gives the tokens of accounts that workspaces are connected to; nil where none is set up.
    public var gitHub: GitHubAccess?
    /// Decrypts what is stored encrypted.
    private let decrypt: @Sendable (String) throws -> [UInt8]

    /// Makes the access.
    ///
    /// - Parameters:
    ///   - options: What every remote is spoken to with, besides the credentials.
    ///   - gitHub: Gives the tokens of accounts that workspaces are connected to.
    ///   - decrypt: Decrypts what is stored encrypted.
    public init(
        options: RemoteOptions = RemoteOptions(), gitHub: GitHubAccess? = nil,
        decrypt: @escaping @Sendable (String) throws -> [UInt8]
    ) {
        self.options = options
        self.gitHub = gitHub
        self.decrypt = decrypt
    }

    /// How a repository's remote is spoken to.
    ///
    /// One that lies at GitHub and has no credentials of its own is read with the token of the account
    /// that its workspace is connected to.
    func options(
        for repository: RemoteRepository, on connection: Connection? = nil,
        isCancelled: @escaping @Sendable () -> Bool
    ) throws -> RemoteOptions {
        var options = options
        options.progress = { _, _ in !isCancelled() }
        guard let encrypted = repository.encryptedCredentials else {
            if let gitHub, let connection, repository.liesBelow(gitHub.settings.webURL),
                let token = try gitHub.gitToken(workspace: repository.workspace, on: connection)
            {
                options.credentials = StoredCredentials(token: token).credentials
            }
            return options
        }
        do {
            options.credentials = try StoredCredentials(decoding: decrypt(encrypted)).credentials
        } catch {
            throw WorkerError(
                code: .credentialsUnreadable,
                message: "the stored credentials of \(repository.name) cannot be read",
                remedy: "check ENCRYPTION_KEY, or connect the repository again")
        }
        return options
    }
}
