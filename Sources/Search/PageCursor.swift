/// Where a page of results begins, as text that a client hands back.
struct PageCursor {
    /// How many results come before the page.
    var offset = 0

    /// The last offset that is served; what lies further down is noise.
    static let maximumOffset = 1_000

    init(offset: Int) { self.offset = offset }

    init(_ text: String?) throws(SearchError) {
        guard let text else { return }
        guard text.hasPrefix("r"), let offset = Int(text.dropFirst()),
            (0...Self.maximumOffset).contains(offset)
        else {
            throw SearchError(
                code: .invalidPage, message: "'\(text.prefix(40))' is no cursor of a search",
                remedy: "take the next_cursor of an answer, or leave it out")
        }
        self.offset = offset
    }

    var text: String { "r\(offset)" }
}
