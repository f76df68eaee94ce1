import CLibgit2

/// The one gate to libgit2: it starts the library, and turns a failed call into a ``GitError``.
enum Library {
    /// Repository extensions that change nothing about how objects, refs and files are read.
    private static let harmlessExtensions = [
        "worktreeconfig", "preciousobjects", "partialclone", "relativeworktrees",
    ]

    /// How many bytes of objects libgit2 keeps, for all repositories together.
    private static let objectCacheBytes = 32 << 20
    /// How many bytes of a pack file are mapped at once, and of all of them.
    private static let packWindowBytes = 16 << 20
    private static let mappedPackBytes = 64 << 20

    /// Starts libgit2 once for the process; a call before that would crash.
    private static let started: Int32 = {
        let count = git_libgit2_init()
        // A hash check of every object read costs as much as inflating it. Packed and loose objects
        // carry a checksum of their compressed bytes anyway, as git itself relies on, and
        // `Repository.verifiesObjects` turns the full check on where proof is the purpose.
        _ = gitdex_git_set_strict_hash_verification(0)
        // What the library would keep and map by itself grows with the repository.
        _ = gitdex_git_set_cache_max_size(objectCacheBytes)
        _ = gitdex_git_set_pack_window(packWindowBytes, mappedPackBytes)
        _ = harmlessExtensions.withCStrings { gitdex_git_set_extensions($0, $1) }
        return count
    }()

    /// Makes sure that the library is started.
    static func start() {
        _ = started
    }

    /// Runs one libgit2 call and throws what it reports.
    static func check(
        _ doing: @autoclosure () -> String, _ body: () -> Int32
    ) throws(GitError) {
        start()
        let code = body()
        guard code < 0 else { return }
        throw failure(code, doing())
    }

    /// Runs one libgit2 call that makes an object, and returns what it made.
    static func make(
        _ doing: @autoclosure () -> String,
        _ body: (UnsafeMutablePointer<OpaquePointer?>) -> Int32
    ) throws(GitError) -> OpaquePointer {
        start()
        var pointer: OpaquePointer?
        let code = body(&pointer)
        guard code >= 0, let pointer else { throw failure(code, doing()) }
        return pointer
    }

    /// Reads and clears the library's last error.
    static func failure(_ code: Int32, _ doing: String) -> GitError {
        var cause: String?
        var area = Int32(GIT_ERROR_NONE.rawValue)
        if let last = git_error_last() {
            cause = last.pointee.message.map { String(cString: $0) }
            area = last.pointee.klass
        }
        git_error_clear()
        return GitError(
            FailureCode.code(result: code, area: area, cause: cause ?? ""), doing, cause: cause)
    }
}

extension [String] {
    /// Lends the strings as an array of C strings.
    fileprivate func withCStrings<R>(
        _ body: (UnsafeMutablePointer<UnsafePointer<CChar>?>, Int) -> R
    ) -> R {
        var bytes: [CChar] = []
        var offsets: [Int] = []
        for text in self {
            offsets.append(bytes.count)
            bytes.append(contentsOf: text.utf8CString)
        }
        return bytes.withUnsafeBufferPointer { buffer in
            var pointers = offsets.map { buffer.baseAddress?.advanced(by: $0) }
            return pointers.withUnsafeMutableBufferPointer { list in
                guard let first = list.baseAddress else {
                    preconditionFailure("there is at least one extension")
                }
                return body(first, list.count)
            }
        }
    }
}
