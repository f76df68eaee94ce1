/// Which issue, pull request or the like a text is of.
public struct SyncedItemReference: Sendable, Hashable {
    /// What a search calls it, such as `issue`.
    public var kind: String
    /// The number of the issue, pull request or discussion that it is or belongs to.
    public var number: Int?
    /// The title of that, or of the release.
    public var title: String
    /// Where people see it.
    public var url: String
    /// Such as `open`.
    public var state: String?
    /// Who wrote it.
    public var author: String?
}
