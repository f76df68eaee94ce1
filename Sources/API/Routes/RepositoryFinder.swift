internal import Git
internal import Storage

/// Finds the repository and the ref that a request names.
struct RepositoryFinder {
    let store: IndexStore

    /// The fewest digits by which a commit is found.
    private static let shortestCommit = 7
    /// The name of every ref that stands for a working tree begins so.
    private static let workingTreePrefix = "worktree:"

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

    /// The ref of a full or short name or a commit; without one, the ref indexed last.
    ///
    /// - Throws: ``Problem`` of kind `notFound`.
    func ref(_ name: String?, of repository: RepositoryRecord) throws -> RefRecord {
        let refs = try store.refs(ofRepository: repository.id).filter { $0.indexedCommit != nil }
        guard let name else {
            let latest = refs.first { !$0.name.hasPrefix(Self.workingTreePrefix) } ?? refs.first
            guard let latest else { throw Problem.notFound("nothing of it is indexed yet") }
            return latest
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
}
