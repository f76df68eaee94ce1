public import Git
import Storage

/// Turns what is stored of a repository into how its remote is spoken to.
public struct RemoteAccess: Sendable {
    /// What every remote is spoken to with, besides the credentials.
    public var options: RemoteOptions
    /// Decrypts what is stored encrypted.
    private let decrypt: @Sendable (String) throws -> [UInt8]

    /// Makes the access.
    ///
    /// - Parameters:
    ///   - options: What every remote is spoken to with, besides the credentials.
    ///   - decrypt: Decrypts what is stored encrypted.
    public init(
        options: RemoteOptions = RemoteOptions(),
        decrypt: @escaping @Sendable (String) throws -> [UInt8]
    ) {
        self.options = options
        self.decrypt = decrypt
    }

    /// How a repository's remote is spoken to.
    func options(
        for repository: RemoteRepository, isCancelled: @escaping @Sendable () -> Bool
    ) throws -> RemoteOptions {
        var options = options
        options.progress = { _, _ in !isCancelled() }
        guard let encrypted = repository.encryptedCredentials else { return options }
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
