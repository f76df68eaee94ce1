import CLibgit2

/// Says in the user's terms why a remote operation failed, and never with a secret in it.
enum RemoteFailure {
    /// More of what a remote says is not passed on.
    private static let maximumCauseLength = 300

    /// The parts of libgit2 that work on files: of the mirror here, unless the remote is local, too,
    /// and is being opened.
    private static let ownAreas = [
        GIT_ERROR_OS, GIT_ERROR_FILESYSTEM, GIT_ERROR_REPOSITORY, GIT_ERROR_REFERENCE,
        GIT_ERROR_ODB,
    ]

    /// Reads and clears the library's last error.
    ///
    /// - Parameters:
    ///   - result: What the call returned.
    ///   - operation: The conversation.
    ///   - isConnected: Whether the remote has answered as one before.
    /// - Returns: The error in the user's terms.
    static func error(
        _ result: Int32, _ operation: RemoteOperation, isConnected: Bool
    ) -> GitError {
        var message = ""
        var area = git_error_t(0)
        if let last = git_error_last() {
            message = last.pointee.message.map { String(cString: $0) } ?? ""
            area = git_error_t(UInt32(bitPattern: last.pointee.klass))
        }
        git_error_clear()
        let cause = cleaned(message, operation)
        if let verdict = operation.verdict { return error(verdict, cause, operation) }
        if result == GIT_EAUTH.rawValue { return refused(cause, operation) }
        if ownAreas.contains(area), isConnected || operation.url.transport != .local,
            !message.lowercased().contains("known_hosts")
        {
            return own(message.lowercased(), cause, area, operation)
        }
        return error(of: message.lowercased(), cause, area, operation)
    }

    /// What went wrong with the mirror; it says nothing about the remote.
    private static func own(
        _ message: String, _ cause: String?, _ area: git_error_t, _ operation: RemoteOperation
    ) -> GitError {
        let doing = "cannot keep what comes from \(operation.url.shown)"
        let isGone = ["no such file", "not found", "does not exist", "could not find"].contains {
            message.contains($0)
        }
        if isGone || area == GIT_ERROR_REFERENCE || area == GIT_ERROR_ODB {
            return GitError(
                .corruptObject, doing, remedy: "the mirror is made anew by the next fetch",
                cause: cause)
        }
        let code = FailureCode.code(result: -1, area: Int32(area.rawValue), cause: cause ?? "")
        return GitError(
            code, doing, remedy: "check the folder of the mirrors and the space on its disk",
            cause: cause)
    }

    /// The error of an operation that this side ended.
    static func error(
        _ verdict: RemoteVerdict, _ cause: String?, _ operation: RemoteOperation
    ) -> GitError {
        let shown = operation.url.shown
        switch verdict {
        case .silent:
            let seconds = operation.options.timeoutMilliseconds / 1000
            return GitError(.network, "\(shown) sent nothing for \(seconds) s")
        case .tooLong:
            let seconds = operation.options.limitMilliseconds / 1000
            return GitError(.network, "\(shown) took longer than \(seconds) s")
        case .cancelled:
            return GitError(.cancelled, "reading \(shown) was ended")
        case .credentialsMissing:
            return GitError(
                .authenticationFailed, "\(shown) asks for credentials",
                remedy: "give a token or key that may read it, and check the URL: "
                    + "hosts ask for repositories that do not exist, too")
        case .credentialsRefused:
            return GitError(
                .authenticationFailed, "\(shown) does not accept the credentials",
                remedy: operation.url.transport == .ssh
                    ? "check the key and the user; RSA keys need libssh2 1.11, Ed25519 keys do not"
                    : nil)
        case .otherHost(let host):
            return GitError(
                .authenticationFailed,
                "\(shown) redirects to \(host), which is not given the credentials",
                remedy: "use the URL at \(host) if that is where the repository is")
        case .untrusted(let host, let fingerprint?):
            return GitError(
                .untrustedHost, "the SSH key of \(host) is not trusted (\(fingerprint))",
                remedy: "compare it with what the host publishes, then add it to known_hosts")
        case .untrusted(let host, nil):
            return GitError(
                .untrustedHost, "the certificate of \(host) is not trusted",
                remedy: "install the certificate of the authority that signed it", cause: cause)
        case .privateAddress(let host):
            return GitError(
                .unsupportedURL, "\(host) has a private address, which may not be used here")
        }
    }

    private static func refused(_ cause: String?, _ operation: RemoteOperation) -> GitError {
        GitError(
            .authenticationFailed, "\(operation.url.shown) refuses access", cause: cause)
    }

    private static func error(
        of message: String, _ cause: String?, _ area: git_error_t, _ operation: RemoteOperation
    ) -> GitError {
        let shown = operation.url.shown
        let status = message.firstRange(of: "http status code: ").flatMap {
            Int(message[$0.upperBound...].prefix { $0.isNumber })
        }
        switch status {
        case 401, 403, 407: return refused(cause, operation)
        case 404, 410: return missing(operation)
        case 408, 429, .some(500...): return GitError(.network, "\(shown) fails", cause: cause)
        case .some:
            return GitError(
                .other, "\(shown) refuses the request", remedy: "check the URL",
                cause: cause)
        case nil: break
        }
        let says = { (words: [String]) in words.contains { message.contains($0) } }
        if operation.url.transport == .local, area == GIT_ERROR_REPOSITORY || area == GIT_ERROR_OS {
            if says(["safe.directory", "not owned"]) {
                return GitError(.unsafeOwnership, "\(shown) belongs to another user")
            }
            if !says(["permission denied"]) { return missing(operation) }
            return GitError(.permissionDenied, "no permission to read \(shown)")
        }
        if says(["known_hosts"]) {
            return GitError(
                .other, "cannot read the known hosts", remedy: "set HOME to a readable folder")
        }
        if area == GIT_ERROR_SSH, says(["key", "authenticat"]) { return refused(cause, operation) }
        if says(["not found", "does not appear to be a git repository", "no such file"]) {
            return missing(operation)
        }
        if says(["permission denied", "access denied", "not authorized"]), area == GIT_ERROR_SSH {
            return refused(cause, operation)
        }
        let isNetwork = [
            GIT_ERROR_NET, GIT_ERROR_HTTP, GIT_ERROR_SSL, GIT_ERROR_SSH, GIT_ERROR_INDEXER,
        ].contains(area)
        if isNetwork { return GitError(.network, "cannot read \(shown)", cause: cause) }
        let code = FailureCode.code(result: -1, area: Int32(area.rawValue), cause: message)
        return GitError(code, "cannot fetch from \(shown)", cause: cause)
    }

    private static func missing(_ operation: RemoteOperation) -> GitError {
        GitError(
            .notFound, "there is no repository at \(operation.url.shown)",
            remedy: "check the URL, and that the credentials may read it")
    }

    /// One line without control characters and secrets.
    private static func cleaned(_ message: String, _ operation: RemoteOperation) -> String? {
        var text = message
        for secret in operation.credentials.secrets where secret.utf8.count > 3 {
            text = text.replacing(secret, with: "…")
        }
        let printable = text.unicodeScalars.map { scalar in
            scalar.properties.generalCategory == .control ? " " : Character(scalar)
        }
        let words = String(printable).split(separator: " ").joined(separator: " ")
        return words.isEmpty ? nil : String(words.prefix(maximumCauseLength))
    }
}
