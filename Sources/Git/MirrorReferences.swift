import CLibgit2

/// The references of a mirror, brought to where those of the remote are.
struct MirrorReferences {
    let repository: Repository

    /// All full names below `refs/` and what they point to.
    func all() throws(GitError) -> [String: ObjectID] {
        let iterator = try Library.make("cannot list the references of the mirror") {
            git_reference_iterator_new($0, repository.handle)
        }
        defer { git_reference_iterator_free(iterator) }
        var all: [String: ObjectID] = [:]
        while true {
            var reference: OpaquePointer?
            let code = git_reference_next(&reference, iterator)
            if code == GIT_ITEROVER.rawValue { break }
            guard code == 0, let reference else {
                throw Self.failure(code, "cannot list the references of the mirror")
            }
            defer { git_reference_free(reference) }
            if let name = git_reference_name(reference), let oid = git_reference_target(reference) {
                all[String(cString: name)] = ObjectID(oid.pointee)
            }
        }
        git_error_clear()
        return all
    }

    /// What a reference points to, or nil.
    func target(of name: String) -> ObjectID? {
        var oid = git_oid()
        guard git_reference_name_to_id(&oid, repository.handle, name) == 0 else {
            git_error_clear()
            return nil
        }
        return ObjectID(oid)
    }

    func remove(_ name: String) throws(GitError) {
        let code = git_reference_remove(repository.handle, name)
        if code == GIT_ENOTFOUND.rawValue { return git_error_clear() }
        if code < 0 { throw Self.failure(code, "cannot remove \(name) from the mirror") }
    }

    /// Points a reference to an object, wherever it pointed before.
    ///
    /// A branch `a/b` cannot stand beside a branch `a`. Where one of them is in the way, it is gone
    /// from the remote, which cannot have both either.
    func set(_ name: String, to oid: ObjectID, remote: Set<String>) throws(GitError) {
        if target(of: name) == oid { return }
        do throws(GitError) {
            try create(name, oid)
        } catch {
            // An empty file, as a power cut leaves it, can be removed but not read.
            if error.code == .corruptObject, (try? remove(name)) != nil,
                (try? create(name, oid)) != nil
            {
                return
            }
            let inTheWay = try all().keys.filter {
                $0.hasPrefix(name + "/") || name.hasPrefix($0 + "/")
            }
            guard !inTheWay.isEmpty, remote.isDisjoint(with: inTheWay) else { throw error }
            for other in inTheWay { try remove(other) }
            try create(name, oid)
        }
    }

    /// Points HEAD to a branch, which need not be in the mirror.
    func setHead(to name: String) throws(GitError) {
        var head: OpaquePointer?
        if git_reference_lookup(&head, repository.handle, "HEAD") == 0 {
            defer { git_reference_free(head) }
            if let target = git_reference_symbolic_target(head), String(cString: target) == name {
                return
            }
        }
        git_error_clear()
        let code = git_reference_symbolic_create(nil, repository.handle, "HEAD", name, 1, nil)
        if code < 0 { throw Self.failure(code, "cannot set HEAD of the mirror") }
    }

    private func create(_ name: String, _ oid: ObjectID) throws(GitError) {
        var target = oid.libraryForm
        let code = git_reference_create(nil, repository.handle, name, &target, 1, nil)
        if code < 0 { throw Self.failure(code, "cannot set \(name) in the mirror") }
    }

    /// An unreadable reference, one to an object that is not there, and a folder that was removed are
    /// damage as any other.
    private static func failure(_ code: Int32, _ doing: String) -> GitError {
        let area = git_error_last().map { UInt32(bitPattern: $0.pointee.klass) }
        let error = Library.failure(code, doing)
        let isDamage =
            area == GIT_ERROR_REFERENCE.rawValue || area == GIT_ERROR_ODB.rawValue
            || error.code == .notFound || error.cause?.contains("No such file") == true
        return isDamage ? GitError(.corruptObject, doing, cause: error.cause) : error
    }
}
