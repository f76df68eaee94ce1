internal import Git
internal import Search
internal import Storage

/// Finds the repository and the ref that a request names.
struct RepositoryFinder {
    let store: IndexStore

    /// The fewest digits by which a commit is found.
    private static let shortestCommit = 7

    /// The repository of an id or a name.
    ///
    /// - Throws: ``Problem`` of kind `notFound`.
    func repository(_ text: String) throws -> RepositoryRecord {
        if let id = DecimalNumber.parse(text), let found = try store.repository(id: id) {
            return found
        }
        guard let found = try store.repository(named: text) else {
            throw Problem.notFound("there is no such repository")
        }
        return found
    }

    /// The ref of a full or short name or a commit; without one, the ref that a search answers from.
    ///
    /// - Throws: ``Problem`` of kind `notFound`.
    func ref(_ name: String?, of repository: RepositoryRecord) throws -> RefRecord {
        let refs = try store.refs(ofRepository: repository.id).filter { $0.indexedCommit != nil }
        guard let name else {
            let searched = try Searcher.standardRef(ofRepository: repository.name, in: store)
            guard let searched, let found = refs.first(where: { $0.id == searched.id }) else {
                throw Problem.notFound("nothing of it is indexed yet")
            }
            return found
        }
        let forms = [name, "refs/heads/" + name, "refs/tags/" + name, "refs/remotes/" + name]
        for form in forms {
            if let found = refs.first(where: { $0.name == form }) { return found }
        }
        let lower = name.lowercased()
        if lower.count >= Self.shortestCommit, lower.allSatisfy(\.isHexDigit),
            let found = refs.first(where: { $0.indexedCommit?.hex.hasPrefix(lower) == true })
        {
            return found
        }
        throw Problem.notFound("no such ref of it is indexed")
    }

    /// The full name of a ref that is to be fetched: one that is known, or a branch.
    ///
    /// - Throws: ``Problem`` of kind `invalidBody` for what cannot be fetched.
    func fullName(_ name: String, of repository: RepositoryRecord) throws -> String {
        let known = try store.refs(ofRepository: repository.id)
        if name == "HEAD" {
            let remote = try RemoteStore(connection: store.connection)
                .repository(workspace: store.workspace, id: repository.id)
            guard let branch = remote?.defaultRef else {
                throw Problem(
                    .conflict, "the remote's default branch is not known yet: name it, or wait")
            }
            return branch
        }
        let names = Set(known.map(\.name))
        for form in ["refs/heads/" + name, "refs/tags/" + name] where names.contains(form) {
            return form
        }
        if let commit = ObjectID(hex: name.lowercased()) {
            let found = known.first { $0.indexedCommit == commit || $0.seenCommit == commit }
            guard let found else {
                throw Problem(
                    .invalidBody,
                    "no ref is known at that commit: name the branch or tag that it is on")
            }
            return found.name
        }
        let full = name.hasPrefix("refs/") ? name : "refs/heads/" + name
        try RepositoryNames.check(ref: full)
        return full
    }
}
