public import Git
import Postgres

/// Where a search looks: the trees of some refs, or some of their files.
public struct RetrievalScope: Sendable {
    /// The numbers of the refs.
    public var refs: [Int]
    /// The languages that files may have; none means any.
    public var languages: [String]
    /// The paths that files may have; nil means any.
    public var paths: [GitPath]?
    /// Refs of which only files of some kinds count, and the kinds.
    public var kinds: (refs: [Int], kinds: [String])?
    /// About how many chunks lie within, for the choice of a plan.
    public var chunkCount: Int

    /// Makes a scope; the parameters are its properties.
    public init(refs: [Int], languages: [String] = [], paths: [GitPath]? = nil, chunkCount: Int) {
        self.refs = refs
        self.languages = languages
        self.paths = paths
        self.chunkCount = chunkCount
    }

    /// The condition that a row `f` of `ref_files` lies within.
    func condition(workspace: Int) -> SQL {
        var condition: SQL = """
            f.workspace_id = \(workspace) AND f.ref_id = ANY(\(refs)) AND f.skipped_reason IS NULL
            """
        if !languages.isEmpty { condition += " AND f.language = ANY(\(languages))" }
        if let kinds {
            condition += " AND (f.ref_id <> ALL(\(kinds.refs)) OR f.language = ANY(\(kinds.kinds)))"
        }
        if let paths { condition += " AND f.path = ANY(\(paths.map(\.bytes)))" }
        return condition
    }
}
