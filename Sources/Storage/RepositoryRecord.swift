/// A repository that the index knows.
public struct RepositoryRecord: Sendable, Equatable {
    /// Its number within the workspace.
    public var id: Int
    /// Its name, unique in the workspace.
    public var name: String
    /// Where it is: the common git directory of a local one, else its URL.
    public var url: String
    /// The patterns of paths that are indexed; none means all.
    public var include: [String]
    /// The patterns of paths that are not.
    public var exclude: [String]
}
