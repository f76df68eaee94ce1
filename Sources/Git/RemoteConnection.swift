import CLibgit2

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// libgit2's end of a conversation with a remote; to be used inside ``RemoteOperation/run(_:)``.
final class RemoteConnection {
    private let handle: OpaquePointer
    private let operation: RemoteOperation
    /// Whether the remote has answered as one.
    private var isConnected = false

    /// Prepares a connection, which reads nothing of the host's git configuration.
    init(_ repository: Repository?, _ operation: RemoteOperation) throws(GitError) {
        var options = git_remote_create_options()
        git_remote_create_options_init(&options, UInt32(GIT_REMOTE_CREATE_OPTIONS_VERSION))
        options.repository = repository?.handle
        options.flags =
            GIT_REMOTE_CREATE_SKIP_INSTEADOF.rawValue
            | GIT_REMOTE_CREATE_SKIP_DEFAULT_FETCHSPEC.rawValue
        handle = try Library.make("cannot use the URL \(operation.url.shown)") {
            git_remote_create_with_opts($0, operation.url.connectable, &options)
        }
        self.operation = operation
    }

    deinit {
        git_remote_free(handle)
    }

    /// Connects for reading; the remote then sends the list of its references.
    func connect() throws(GitError) {
        var options = git_remote_connect_options()
        git_remote_connect_options_init(&options, UInt32(GIT_REMOTE_CONNECT_OPTIONS_VERSION))
        RemoteCallbacks.fill(&options.callbacks, operation)
        options.follow_redirects = GIT_REMOTE_REDIRECT_INITIAL
        let code = withHeaders { headers in
            options.custom_headers = headers
            return git_remote_connect_ext(handle, GIT_DIRECTION_FETCH, &options)
        }
        try check(code)
        isConnected = true
    }

    /// Lends the header fields of this side's own to a call, which copies them.
    private func withHeaders(_ body: (git_strarray) -> Int32) -> Int32 {
        guard let field = operation.authorization else { return body(git_strarray()) }
        var strings: [UnsafeMutablePointer<CChar>?] = [strdup(field)]
        defer { for text in strings { free(text) } }
        return strings.withUnsafeMutableBufferPointer { list in
            body(git_strarray(strings: list.baseAddress, count: list.count))
        }
    }

    /// The references of the remote, in the order it sent them, and where its HEAD points.
    ///
    /// Names that git does not allow, or that are not UTF-8, are left out, and so are the targets of
    /// tags, which the list holds beside them.
    func references() throws(GitError) -> (head: String?, references: [RemoteReference]) {
        var heads: UnsafeMutablePointer<UnsafePointer<git_remote_head>?>?
        var count = 0
        try check(git_remote_ls(&heads, &count, handle))
        var head: String?
        var references: [RemoteReference] = []
        references.reserveCapacity(count)
        for entry in UnsafeBufferPointer(start: heads, count: count) {
            guard let entry = entry?.pointee, let name = entry.name,
                let text = String(validatingCString: name)
            else { continue }
            if text == "HEAD" {
                head = entry.symref_target.flatMap { String(validatingCString: $0) }
            } else if text.hasPrefix("refs/"), Self.isValid(text) {
                references.append(RemoteReference(name: text, oid: ObjectID(entry.oid)))
            }
        }
        return (head, references)
    }

    /// Brings what these references need and the repository lacks; no reference is changed.
    func download(_ names: [String]) throws(GitError) {
        var options = git_fetch_options()
        git_fetch_options_init(&options, UInt32(GIT_FETCH_OPTIONS_VERSION))
        RemoteCallbacks.fill(&options.callbacks, operation)
        options.follow_redirects = GIT_REMOTE_REDIRECT_INITIAL
        options.download_tags = GIT_REMOTE_DOWNLOAD_TAGS_NONE
        options.update_fetchhead = 0
        var specifications: [UnsafeMutablePointer<CChar>?] = names.map { strdup("+\($0):\($0)") }
        defer { for text in specifications { free(text) } }
        let code = specifications.withUnsafeMutableBufferPointer { list in
            var array = git_strarray(strings: list.baseAddress, count: list.count)
            return withHeaders { headers in
                options.custom_headers = headers
                return git_remote_download(handle, &array, &options)
            }
        }
        try check(code)
    }

    static func isValid(_ name: String) -> Bool {
        var isValid: Int32 = 0
        return git_reference_name_is_valid(&isValid, name) == 0 && isValid == 1
    }

    private func check(_ code: Int32) throws(GitError) {
        if code < 0 { throw RemoteFailure.error(code, operation, isConnected: isConnected) }
        // The remote may have ended well just when this side gave it up.
        if let verdict = operation.verdict {
            throw RemoteFailure.error(verdict, nil, operation)
        }
    }
}
