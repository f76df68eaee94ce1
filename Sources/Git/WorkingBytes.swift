import CLibgit2

/// Bytes of a working file in the form git would store, held as long as this owner lives.
final class WorkingBytes {
    private let raw: [UInt8]
    private var filtered: git_buf

    /// Takes bytes as they are.
    init(_ raw: [UInt8]) {
        self.raw = raw
        filtered = git_buf()
    }

    /// Takes over a buffer that a filter has filled.
    init(_ filtered: git_buf) {
        raw = []
        self.filtered = filtered
    }

    deinit {
        git_buf_dispose(&filtered)
    }

    /// How many bytes there are.
    var count: Int {
        filtered.ptr == nil ? raw.count : filtered.size
    }

    /// The bytes as an array.
    var array: [UInt8] {
        filtered.ptr == nil ? raw : withBytes { Array($0) }
    }

    /// Lends the bytes, which live as long as this object.
    func withBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
        guard let start = filtered.ptr else { return try raw.withUnsafeBytes(body) }
        return try body(UnsafeRawBufferPointer(start: start, count: filtered.size))
    }

    /// The id of the blob that has these bytes.
    func objectID() throws(GitError) -> ObjectID {
        var oid = git_oid()
        try Library.check("cannot hash a file") {
            withBytes { git_odb_hash(&oid, $0.baseAddress, $0.count, GIT_OBJECT_BLOB) }
        }
        return ObjectID(oid)
    }
}
