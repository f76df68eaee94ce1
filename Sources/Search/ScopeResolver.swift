import Git
import Storage

/// Finds the refs and files that a request speaks of.
struct ScopeResolver {
    let store: IndexStore

    /// The name of every ref that stands for a working tree begins so.
    static let workingTreePrefix = "worktree:"
    /// The fewest digits by which a commit is found.
    private static let shortestCommit = 7

    func scope(of request: SearchRequest, _ query: ParsedQuery) throws -> SearchScope {
        let languages = (request.language + query.languages).map(LanguageName.canonical)
        let patterns = (request.path + query.paths).map { PathFilter($0) }
        let (repository, ref) = (query.repository ?? request.repository, query.ref ?? request.ref)
        let kinds = try SearchKinds(
            request.kind + query.kinds,
            isAboutFiles: ref != nil || !languages.isEmpty || !patterns.isEmpty
                || query.symbol != nil || request.mode == .symbol)
        let synced = kinds.items == nil ? [] : try syncedRefs(repository: repository)
        var scope = SearchScope(
            try kinds.includesCode
                ? refs(repository: repository, ref: ref, isOptional: !synced.isEmpty) : [], synced)
        scope.languages = languages
        scope.retrieval.languages = languages
        if let items = kinds.items, !items.isEmpty {
            scope.retrieval.kinds = (synced.map(\.ref.id), items)
        }
        if !patterns.isEmpty { try narrow(&scope, to: patterns) }
        return scope
    }

    private func narrow(_ scope: inout SearchScope, to patterns: [PathFilter]) throws {
        if let pattern = patterns.first(where: \.isMalformed) {
            throw SearchError(
                code: .invalidQuery, message: "the path pattern '\(pattern)' is malformed",
                remedy: "close its '[', or write a backslash before a sign that stands for itself")
        }
        let all = try store.indexedPaths(in: scope.retrieval)
        var fitting = Set<PathFilter>()
        let paths = all.filter { entry in
            let fits = patterns.filter { $0.matches(entry.path) }
            fitting.formUnion(fits)
            return !fits.isEmpty
        }
        scope.retrieval.paths = paths.map(\.path)
        scope.retrieval.chunkCount = paths.reduce(0) { $0 + $1.chunks }
        scope.warnings = patterns.filter { !fitting.contains($0) }
            .map { "no indexed file fits the path pattern '\($0)'" }
    }

    /// Refuses languages that no file of the workspace has.
    ///
    /// - Parameter languages: The languages that were asked for, by the index's names.
    /// - Throws: ``SearchError`` that names those that are meant perhaps.
    func checkLanguages(_ languages: [String]) throws {
        guard !languages.isEmpty else { return }
        let known = try store.indexedLanguages()
        guard let unknown = languages.first(where: { !known.contains($0) }) else { return }
        let near = LanguageName.near(unknown, among: known)
        throw SearchError(
            code: .unknownLanguage, message: "no indexed file has the language '\(unknown)'",
            remedy: near.isEmpty
                ? "leave it out, or see the 'language' of results in --json"
                : "did you mean \(near.joined(separator: " or "))?")
    }

    /// The refs of what was synchronised besides files.
    private func syncedRefs(repository: String?) throws -> [SearchableRef] {
        let found = try store.searchableRefs(repository: repository)
            .filter { $0.ref.name.hasPrefix(SyncedRef.prefix) }
        if found.isEmpty, let repository, try store.repository(named: repository) == nil {
            throw try nothingThere(repository)
        }
        return found
    }

    /// The refs of files that are searched.
    ///
    /// - Parameters:
    ///   - repository: The name of the one repository; nil for all.
    ///   - ref: What names the ref; nil for the latest.
    ///   - isOptional: Whether there need not be any.
    /// - Returns: The refs, one or more unless `isOptional`.
    /// - Throws: ``SearchError`` when none is indexed under that name, or what the database said.
    func refs(
        repository: String?, ref: String?, isOptional: Bool = false
    ) throws -> [SearchableRef] {
        let all = try store.searchableRefs(repository: repository)
            .filter { !$0.ref.name.hasPrefix(SyncedRef.prefix) }
        if all.isEmpty {
            if isOptional { return [] }
            throw try nothingThere(repository)
        }
        guard let ref else { return latest(of: all) }
        let named = matching(ref, in: all)
        if !named.isEmpty { return named }
        let resolved = resolvedByGit(ref, in: all)
        if !resolved.isEmpty { return resolved }
        throw SearchError(
            code: .unknownRef, message: "no ref '\(ref)' is indexed",
            remedy: "index it with 'gitdex index --ref \(ref)', or see 'gitdex status'")
    }

    private func nothingThere(_ repository: String?) throws -> SearchError {
        if let repository, try store.repository(named: repository) == nil {
            return SearchError(
                code: .unknownRepository, message: "no repository is named '\(repository)'",
                remedy: "see 'gitdex status' for the names")
        }
        let connected = try RemoteStore(connection: store.connection)
            .repositories(workspace: store.workspace)
        guard
            repository.map({ name in connected.contains { $0.name == name } })
                ?? !connected.isEmpty
        else {
            return SearchError(
                code: .nothingIndexed, message: "nothing is indexed yet",
                remedy: "run 'gitdex index' in a repository")
        }
        return SearchError(
            code: .nothingIndexed,
            message: (repository.map { "'\($0)' is" } ?? "repositories are")
                + " connected, and nothing is indexed yet",
            remedy: "wait for the first job, or see why it waits with 'gitdex jobs list'")
    }

    /// Of each repository the ref indexed last; a working tree only where there is nothing else.
    func latest(of all: [SearchableRef]) -> [SearchableRef] {
        var result: [SearchableRef] = []
        for ref in all {
            let isWorkingTree = ref.ref.name.hasPrefix(Self.workingTreePrefix)
            if let last = result.last, last.ref.repositoryID == ref.ref.repositoryID {
                if last.ref.name.hasPrefix(Self.workingTreePrefix), !isWorkingTree {
                    result[result.count - 1] = ref
                }
            } else {
                result.append(ref)
            }
        }
        return result
    }

    /// The refs of a name, one of each repository; full names go before short ones and commits.
    private func matching(_ name: String, in all: [SearchableRef]) -> [SearchableRef] {
        let forms = [name, "refs/heads/" + name, "refs/tags/" + name, "refs/remotes/" + name]
        let lower = name.lowercased()
        let isCommit = lower.count >= Self.shortestCommit && lower.allSatisfy(\.isHexDigit)
        return firstOfEach(all) { ref in
            if let rank = forms.firstIndex(of: ref.ref.name) { return rank }
            if isCommit, ref.ref.indexedCommit?.hex.hasPrefix(lower) == true { return forms.count }
            if name == "worktree", ref.ref.name.hasPrefix(Self.workingTreePrefix) {
                return forms.count + 1
            }
            return nil
        }
    }

    /// The refs that a revision such as `HEAD~2` stands for in their own repositories.
    private func resolvedByGit(_ revision: String, in all: [SearchableRef]) -> [SearchableRef] {
        var known: [String: ResolvedRevision] = [:]
        for url in Set(all.map(\.url)).sorted().prefix(SearchLimits.openedRepositories)
        where url.hasPrefix("/") {
            known[url] = try? Repository(at: url).resolve(revision)
        }
        return firstOfEach(all) { ref in
            guard let found = known[ref.url] else { return nil }
            if ref.ref.name == found.referenceName { return 0 }
            return ref.ref.indexedCommit == found.commit ? 1 : nil
        }
    }

    /// Of each repository the ref with the lowest rank.
    private func firstOfEach(
        _ all: [SearchableRef], rank: (SearchableRef) -> Int?
    ) -> [SearchableRef] {
        var best: [Int: (rank: Int, ref: SearchableRef)] = [:]
        var order: [Int] = []
        for ref in all {
            guard let rank = rank(ref) else { continue }
            if best[ref.ref.repositoryID] == nil { order.append(ref.ref.repositoryID) }
            if best[ref.ref.repositoryID].map({ rank < $0.rank }) ?? true {
                best[ref.ref.repositoryID] = (rank, ref)
            }
        }
        return order.compactMap { best[$0]?.ref }
    }
}
