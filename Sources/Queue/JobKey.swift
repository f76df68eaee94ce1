/// What there is at most one waiting job for.
struct JobKey: Hashable, Comparable {
    let workspace: Int
    let kind: String
    let key: String

    /// Orders by bytes, the same on every host.
    static func < (left: JobKey, right: JobKey) -> Bool {
        if left.workspace != right.workspace { return left.workspace < right.workspace }
        if left.kind != right.kind {
            return left.kind.utf8.lexicographicallyPrecedes(right.kind.utf8)
        }
        return left.key.utf8.lexicographicallyPrecedes(right.key.utf8)
    }
}
