/// What a text is to a search.
public enum EmbeddingRole: Sendable {
    /// A text that is searched.
    case passage
    /// A text that is searched for.
    case query
}
