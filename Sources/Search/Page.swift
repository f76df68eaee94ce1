/// Which of the results an answer holds.
struct Page {
    var offset: Int
    var limit: Int

    init(_ request: SearchRequest) throws(SearchError) {
        guard (1...SearchRequest.maximumLimit).contains(request.limit) else {
            throw SearchError(
                code: .invalidPage,
                message: "a page of \(request.limit) results was asked for",
                remedy: "ask for 1 to \(SearchRequest.maximumLimit)")
        }
        offset = try PageCursor(request.cursor).offset
        limit = request.limit
    }

    init(limit: Int) {
        offset = 0
        self.limit = limit
    }

    /// The part of all results on this page.
    func part<Element>(of all: [Element]) -> ArraySlice<Element> {
        all.dropFirst(offset).prefix(limit)
    }

    /// What asks for the page after this one, where there is one.
    func nextCursor(count: Int) -> String? {
        let next = offset + limit
        return next < min(count, PageCursor.maximumOffset) ? PageCursor(offset: next).text : nil
    }
}
