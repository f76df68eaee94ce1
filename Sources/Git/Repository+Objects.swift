import CLibgit2

extension Repository {
    /// Tells whether the repository holds an object.
    ///
    /// - Parameter oid: The id of any object.
    /// - Returns: Whether the object can be read here.
    public func hasObject(_ oid: ObjectID) -> Bool {
        if oid == .emptyTree { return true }
        var oid = oid.libraryForm
        return git_odb_exists(objects, &oid) == 1
    }

    /// Lends the bytes of a blob.
    ///
    /// - Parameters:
    ///   - oid: The id of a blob.
    ///   - body: Called once with the bytes, which are valid only during the call.
    /// - Returns: What `body` returns.
    /// - Throws: ``GitError`` with code `notFound` or `corruptObject`, and what `body` throws.
    public func withBlob<R>(
        _ oid: ObjectID, _ body: (UnsafeRawBufferPointer) throws -> R
    ) throws -> R {
        let buffer = try readBlob(oid)
        return try withExtendedLifetime(buffer) { try body(buffer.bytes) }
    }

    /// Returns the size of a blob as git stores it, without reading its body.
    ///
    /// - Parameter oid: The id of a blob.
    /// - Returns: The size in bytes.
    /// - Throws: ``GitError`` with code `notFound` when the repository lacks the blob.
    public func blobSize(_ oid: ObjectID) throws(GitError) -> Int {
        var id = oid.libraryForm
        var size = 0
        var kind = GIT_OBJECT_INVALID
        try Library.check("cannot read object \(oid)") {
            git_odb_read_header(&size, &kind, objects, &id)
        }
        guard kind == GIT_OBJECT_BLOB else {
            throw GitError(.corruptObject, "object \(oid) is not a blob")
        }
        return size
    }

    /// Reads a blob, to be held as long as its bytes are used.
    func readBlob(_ oid: ObjectID) throws(GitError) -> ObjectBuffer {
        try read(oid, GIT_OBJECT_BLOB)
    }

    /// Reads an object and checks that it is what it should be.
    func read(_ oid: ObjectID, _ kind: git_object_t) throws(GitError) -> ObjectBuffer {
        var id = oid.libraryForm
        let buffer = ObjectBuffer(
            try Library.make("cannot read object \(oid)") { git_odb_read($0, objects, &id) })
        guard buffer.kind == kind else {
            throw GitError(
                .corruptObject,
                "object \(oid) is not a \(String(cString: git_object_type2string(kind)))")
        }
        if verifiesObjects { try verify(buffer, oid) }
        return buffer
    }

    private func verify(_ buffer: ObjectBuffer, _ oid: ObjectID) throws(GitError) {
        var computed = git_oid()
        try Library.check("cannot hash object \(oid)") {
            git_odb_hash(&computed, buffer.bytes.baseAddress, buffer.bytes.count, buffer.kind)
        }
        guard ObjectID(computed) == oid else {
            throw GitError(.corruptObject, "the bytes of object \(oid) do not fit its name")
        }
    }
}
