import CLibgit2

/// The filters that the attributes of one path ask for when its file is stored.
final class WorkingFilters {
    private let path: GitPath
    private let list: OpaquePointer

    /// Finds the filters of a path; `nil` where the file is stored as it is.
    init?(_ repository: Repository, _ path: GitPath) throws(GitError) {
        let name = path.bytes.map { CChar(bitPattern: $0) } + [0]
        var list: OpaquePointer?
        try Library.check("cannot load the filters of \(path)") {
            git_filter_list_load(
                &list, repository.handle, nil, name, GIT_FILTER_TO_ODB,
                GIT_FILTER_ALLOW_UNSAFE.rawValue)
        }
        guard let list else { return nil }
        self.list = list
        self.path = path
    }

    deinit {
        git_filter_list_free(list)
    }

    /// What git would store for these bytes.
    func apply(to raw: [UInt8]) throws(GitError) -> WorkingBytes {
        var filtered = git_buf()
        try Library.check("cannot filter \(path)") {
            raw.withUnsafeBytes { bytes in
                git_filter_list_apply_to_buffer(
                    &filtered, list, bytes.baseAddress?.assumingMemoryBound(to: CChar.self),
                    bytes.count)
            }
        }
        return filtered.ptr == nil ? WorkingBytes(raw) : WorkingBytes(filtered)
    }
}
