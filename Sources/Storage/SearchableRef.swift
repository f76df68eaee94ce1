/// A ref that a search may answer from, with its repository.
public struct SearchableRef: Sendable, Equatable {
    /// The ref.
    public var ref: RefRecord
    /// The repository's name.
    public var repository: String
    /// Where the repository is.
    public var url: String

    /// Makes a ref that a search may answer from; the parameters are its properties.
    public init(ref: RefRecord, repository: String, url: String) {
        self.ref = ref
        self.repository = repository
        self.url = url
    }
}
