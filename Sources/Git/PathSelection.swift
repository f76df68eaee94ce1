/// Which paths of a repository are indexed.
public struct PathSelection: Sendable, Equatable {
    /// The patterns of paths that are indexed; none means all.
    public let include: [String]
    /// The patterns of paths that are not, even where they are included.
    public let exclude: [String]
    private let included: [PathPattern]
    private let excluded: [PathPattern]

    /// Makes a selection.
    ///
    /// - Parameters:
    ///   - include: Patterns of paths that are indexed; none means all.
    ///   - exclude: Patterns of paths that are not.
    public init(include: [String], exclude: [String]) {
        self.include = include
        self.exclude = exclude
        included = include.map { PathPattern($0) }
        excluded = exclude.map { PathPattern($0) }
    }

    /// Whether a path is indexed.
    ///
    /// - Parameter path: A path from the root of the tree.
    /// - Returns: Whether it matches an include pattern, if there are any, and no exclude pattern.
    public func contains(_ path: GitPath) -> Bool {
        if excluded.contains(where: { $0.matches(path) }) { return false }
        return included.isEmpty || included.contains { $0.matches(path) }
    }

    /// Whether two selections have the same patterns.
    public static func == (left: PathSelection, right: PathSelection) -> Bool {
        left.include == right.include && left.exclude == right.exclude
    }
}
