import Git
import Storage

/// The refs that a search answers from, and the part of their files that counts.
struct SearchScope {
    /// The refs, by their numbers.
    var refs: [Int: SearchableRef]
    /// The refs, in the order of their repositories.
    var order: [Int]
    /// What the retrievers are told.
    var retrieval: RetrievalScope
    /// The languages that the user asked for, by the index's names.
    var languages: [String] = []
    /// Patterns that no file fits, as sentences.
    var warnings: [String] = []

    /// Whether no file can fit.
    var isEmpty: Bool { refs.isEmpty || retrieval.paths?.isEmpty == true }

    init(_ files: [SearchableRef], _ synced: [SearchableRef] = []) {
        let refs = files + synced
        self.refs = refs.reduce(into: [:]) { $0[$1.ref.id] = $1 }
        order = refs.map(\.ref.id)
        retrieval = RetrievalScope(
            refs: order, chunkCount: refs.reduce(0) { $0 + $1.ref.chunkCount })
    }
}
