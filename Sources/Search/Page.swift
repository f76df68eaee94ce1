import Git
import Storage

/// Which of the results an answer holds.
struct Page {
    /// How many results at most.
    let limit: Int
    /// What the page before ended with; nil for the first page.
    let cursor: PageCursor?
    /// What is searched for.
    private let search: UInt64
    /// What the index holds, once that is known.
    var state: UInt64 = 0
    /// How many texts it is thought to hold.
    var textCount = 0

    /// What lies further down a ranking is noise.
    static let rankingDepth = 1_000

    init(_ request: SearchRequest) throws(SearchError) {
        guard (1...SearchRequest.maximumLimit).contains(request.limit) else {
            throw SearchError(
                code: .invalidPage,
                message: "a page of \(request.limit) results was asked for",
                remedy: "ask for 1 to \(SearchRequest.maximumLimit)")
        }
        limit = request.limit
        search = Self.fingerprint(of: request)
        guard let text = request.cursor else {
            cursor = nil
            return
        }
        let cursor = try PageCursor(text)
        guard cursor.search == search else {
            throw SearchError(
                code: .invalidPage, message: "the cursor belongs to another search",
                remedy: "repeat the search that it came from, with nothing but the cursor added")
        }
        self.cursor = cursor
    }

    /// How many results come before the page.
    var shown: Int { cursor?.shown ?? 0 }

    /// Whether the index holds what it held when the page before was made.
    var indexIsSame: Bool { cursor?.state == state }

    /// Notes what the index holds.
    ///
    /// - Parameters:
    ///   - scope: The refs that are searched.
    ///   - textCount: About how many texts there are.
    /// - Returns: How many texts to reckon with: as long as the index is the same, as many as on
    ///   the page before, so that the ranking is the same too.
    mutating func settle(_ scope: SearchScope, textCount: Int) -> Int {
        var hash = StableHash()
        for id in scope.order {
            guard let ref = scope.refs[id]?.ref else { continue }
            hash.add("\(id) \(ref.indexedCommit?.hex ?? "") \(ref.indexedAt ?? 0)")
        }
        state = hash.value
        self.textCount = indexIsSame ? cursor?.textCount ?? textCount : textCount
        return self.textCount
    }

    /// The results of this page.
    ///
    /// - Parameters:
    ///   - all: All results, in order.
    ///   - place: Where a result stands.
    /// - Returns: The results, each with its rank from 1, and the cursor of the page after them
    ///   where there is one.
    func part<Element>(
        of all: [Element], place: (Element) -> ResultPlace
    ) -> (results: [(rank: Int, element: Element)], next: String?) {
        let rest = remaining(of: all, place: place)
        let results = rest.prefix(limit).enumerated().map { (shown + $0 + 1, $1) }
        guard let last = results.last, rest.count > limit, last.0 < Self.rankingDepth else {
            return (results, nil)
        }
        return (results, nextCursor(after: results.map { place($0.1) }))
    }

    /// The cursor of the page that follows these results.
    func nextCursor(after places: [ResultPlace]) -> String? {
        guard let last = places.last else { return nil }
        return PageCursor(
            search: search, state: state, textCount: textCount, shown: shown + places.count,
            last: last, recent: (cursor?.recent ?? []) + places.map(\.fingerprint)
        ).text
    }

    /// What comes after the last result of the page before: behind that result where it is there
    /// still, else behind where it stood; never what was shown just before.
    private func remaining<Element>(
        of all: [Element], place: (Element) -> ResultPlace
    ) -> [Element] {
        guard let cursor else { return all }
        let start =
            all.firstIndex { place($0).isSameResult(as: cursor.last) }.map { $0 + 1 }
            ?? all.firstIndex { cursor.last.isBefore(place($0)) } ?? all.count
        let rest = Array(all[start...])
        if indexIsSame { return rest }
        let known = Set(cursor.recent)
        return rest.filter { !known.contains(place($0).fingerprint) }
    }

    private static func fingerprint(of request: SearchRequest) -> UInt64 {
        var hash = StableHash()
        hash.add(request.query)
        hash.add(request.mode.rawValue)
        hash.add(request.repository ?? "")
        hash.add(request.ref ?? "")
        for list in [request.path, request.language] {
            for item in list { hash.add(item) }
            hash.add("")
        }
        return hash.value
    }
}
