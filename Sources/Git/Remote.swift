import CLibgit2

/// Repositories on other hosts, or elsewhere on this one.
///
/// A remote is named by an HTTPS or SSH URL, an address such as `git@host:path`, a file URL or an
/// absolute path. What a URL holds before an `@` is shown in no message; of an HTTP URL it serves as
/// credentials when the options have none.
public enum Remote {
    /// Lists the references of a remote, without any repository here.
    ///
    /// - Parameters:
    ///   - url: Where the remote is.
    ///   - options: How it is spoken to.
    /// - Returns: The full name its HEAD points to, `nil` when HEAD is detached or its branch has no
    ///   commit, and the references, sorted by name.
    /// - Throws: ``GitError`` with code `authenticationFailed`, `network`, `notFound`,
    ///   `untrustedHost`, `unsupportedURL` or `cancelled`.
    public static func references(
        at url: String, options: RemoteOptions = RemoteOptions()
    ) throws(GitError) -> (head: String?, references: [RemoteReference]) {
        try RemoteOperation.converse(RemoteURL(url), options) { operation throws(GitError) in
            let connection = try RemoteConnection(nil, operation)
            try connection.connect()
            let listing = try connection.references()
            return (listing.head, listing.references.sorted { GitPath($0.name) < GitPath($1.name) })
        }
    }

    /// Trusts the certificate authorities of a file instead of the system's, for HTTPS.
    ///
    /// It holds for the whole process and must be called before the first remote is used.
    ///
    /// - Parameter path: The path of a file with one or more certificates in PEM.
    /// - Throws: ``GitError`` when the file cannot be read.
    public static func trustCertificates(inFile path: String) throws(GitError) {
        try Library.check("cannot use the certificates in \(path)") {
            gitdex_git_set_certificate_file(path)
        }
    }

    /// Returns a URL as messages may show it: without what stands before an `@`.
    ///
    /// - Parameter url: Where a remote is.
    /// - Returns: The URL without user, password and query.
    /// - Throws: ``GitError`` with code `unsupportedURL` when no remote can be named so.
    public static func shown(_ url: String) throws(GitError) -> String {
        try RemoteURL(url).shown
    }
}
