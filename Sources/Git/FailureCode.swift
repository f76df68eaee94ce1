import CLibgit2

/// Maps what libgit2 reports to the kinds of failure of ``GitError``.
enum FailureCode {
    static func code(result: Int32, area: Int32, cause: String) -> GitError.Code {
        if cause.contains("Permission denied") || cause.contains("Operation not permitted") {
            return .permissionDenied
        }
        // Release 1.5 reports another user's repository so when no directory is marked as safe.
        if cause.contains("safe.directory") || cause.contains("not owned by current user") {
            return .unsafeOwnership
        }
        if cause.contains("objectformat") || cause.contains("object format") {
            return .unsupportedObjectFormat
        }
        if cause.contains("unsupported extension") || cause.contains("repository version") {
            return .unsupportedExtension
        }
        switch git_error_code(rawValue: result) {
        case GIT_ENOTFOUND: return .notFound
        case GIT_EOWNER: return .unsafeOwnership
        case GIT_EAMBIGUOUS: return .ambiguousRevision
        case GIT_EINVALIDSPEC: return .invalidRevision
        case GIT_EPEEL: return .notACommit
        case GIT_EBAREREPO: return .bareRepository
        case GIT_EMISMATCH: return .corruptObject
        default: break
        }
        let damaged = [
            GIT_ERROR_ZLIB, GIT_ERROR_ODB, GIT_ERROR_OBJECT, GIT_ERROR_TREE, GIT_ERROR_SHA,
        ]
        return damaged.contains { Int32($0.rawValue) == area } ? .corruptObject : .other
    }
}
