/// Where a page of a list begins: after the row of an id, so that rows that come or go meanwhile
/// shift nothing.
struct ListCursor {
    /// The last id of the page before; nil for the first page.
    let last: Int?
    let limit: Int

    private static let mark = "i"

    /// Reads `cursor` and `limit`.
    init(_ query: QueryParameters) throws(Problem) {
        limit = try query.number(
            "limit", in: 1...APILimits.maximumPageRows, default: APILimits.pageRows)
        guard let text = try query.one("cursor") else {
            last = nil
            return
        }
        guard text.hasPrefix(Self.mark), let id = DecimalNumber.parse(text.dropFirst()) else {
            throw Problem(
                .invalidParameter,
                "'cursor' must be the next_cursor of the page before, or be left out")
        }
        last = id
    }

    /// Cuts off the row that was read only to see whether there is a next page.
    func page<Row>(_ rows: [Row], id: (Row) -> Int) -> (rows: [Row], next: String?) {
        guard rows.count > limit else { return (rows, nil) }
        let page = Array(rows.prefix(limit))
        return (page, page.last.map { Self.mark + String(id($0)) })
    }
}
