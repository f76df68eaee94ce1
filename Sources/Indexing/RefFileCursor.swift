import Git
import Storage

/// Walks the rows of a ref by path, a page at a time.
struct RefFileCursor {
    private let store: IndexStore
    private let ref: Int
    private var page: ArraySlice<RefFileRecord> = []
    private var last: GitPath?
    private var isAtEnd = false

    init(store: IndexStore, ref: Int) {
        self.store = store
        self.ref = ref
    }

    /// The row at the cursor, or nil at the end.
    mutating func peek() throws -> RefFileRecord? {
        if page.isEmpty, !isAtEnd {
            page = try store.files(
                ofRef: ref, after: last, limit: IndexLimits.filesPerPage)[...]
            last = page.last?.path ?? last
            isAtEnd = page.count < IndexLimits.filesPerPage
        }
        return page.first
    }

    /// Moves to the next row.
    mutating func advance() {
        page = page.dropFirst()
    }
}
