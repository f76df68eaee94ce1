import CLibgit2

/// The bytes of one object, held as long as this owner lives.
final class ObjectBuffer {
    private let object: OpaquePointer

    /// Takes over an object that was just read.
    init(_ object: OpaquePointer) {
        self.object = object
    }

    deinit {
        git_odb_object_free(object)
    }

    /// The bytes, valid while this owner lives.
    var bytes: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(
            start: git_odb_object_data(object), count: git_odb_object_size(object))
    }

    /// What the object is.
    var kind: git_object_t {
        git_odb_object_type(object)
    }
}
