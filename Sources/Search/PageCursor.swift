import FoundationEssentials
import Git

/// Where a page of results begins, as text that a client hands back.
///
/// It names the last result of the page before and what the index held then, so that a page goes
/// on behind that result also when results have come or gone before it.
struct PageCursor: Equatable {
    /// What was searched for; a cursor is of no use for another search.
    var search: UInt64
    /// What the index held.
    var state: UInt64
    /// How many texts the index was thought to hold, which the ranking depends on.
    var textCount: Int
    /// How many results were shown so far.
    var shown: Int
    /// The last result that was shown.
    var last: ResultPlace
    /// The results that were shown last, by their fingerprints.
    var recent: [UInt32] = []

    /// How many results of the pages before are remembered.
    static let recentLimit = 100
    private static let version = "r3"
    private static let longestText = 16_384

    init(
        search: UInt64, state: UInt64, textCount: Int, shown: Int, last: ResultPlace,
        recent: [UInt32]
    ) {
        self.search = search
        self.state = state
        self.textCount = textCount
        self.shown = shown
        self.last = last
        self.recent = Array(recent.suffix(Self.recentLimit))
    }

    /// Reads a cursor.
    ///
    /// - Parameter text: The text of a cursor.
    /// - Throws: ``SearchError`` with code `invalidPage` when it is none.
    init(_ text: String) throws(SearchError) {
        guard text.utf8.count <= Self.longestText, let cursor = Self.parsed(text) else {
            throw SearchError(
                code: .invalidPage, message: "'\(text.prefix(40))' is no cursor of a search",
                remedy: "take the next_cursor of an answer, or leave it out")
        }
        self = cursor
    }

    private static func parsed(_ text: String) -> PageCursor? {
        var base64 = text.map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 }
        while base64.count % 4 != 0 { base64.append("=") }
        guard let data = Data(base64Encoded: String(base64)) else { return nil }
        let fields = String(decoding: data, as: UTF8.self)
            .split(separator: " ", omittingEmptySubsequences: false)
        // A cursor that lost its end would show results of the pages before again.
        guard fields.count == 11, fields[10] == check(fields[..<10].joined(separator: " ")),
            fields[0] == version,
            let search = UInt64(fields[1], radix: 16), let state = UInt64(fields[2], radix: 16),
            let textCount = Int(fields[3]), let shown = Int(fields[4]), textCount >= 0, shown > 0,
            let score = UInt64(fields[5], radix: 16), let ref = Int(fields[6]),
            let number = Int(fields[7]), let name = GitPath(percentEncoded: String(fields[8])),
            let place = fields[9].lastIndex(of: "|"),
            let path = GitPath(percentEncoded: String(fields[9][..<place]))
        else { return nil }
        let recent = fields[9][fields[9].index(after: place)...].split(separator: ",")
        let known = recent.compactMap { UInt32($0, radix: 16) }
        guard known.count == recent.count else { return nil }
        return PageCursor(
            search: search, state: state, textCount: textCount, shown: shown,
            last: ResultPlace(
                score: Double(bitPattern: score), path: path, ref: ref, number: number,
                name: String(decoding: name.bytes, as: UTF8.self)),
            recent: known)
    }

    /// Tells whether all of a cursor is there; nothing that a client must not make up.
    private static func check(_ text: String) -> String {
        var hash = StableHash()
        hash.add(text)
        return String(hash.value, radix: 16)
    }

    /// The cursor as letters, digits, `-` and `_`.
    var text: String {
        func hex(_ number: some FixedWidthInteger) -> String { String(number, radix: 16) }
        func word(_ text: String) -> String {
            text.split(separator: " ", omittingEmptySubsequences: false).joined(separator: "%20")
        }
        let fields = [
            Self.version, hex(search), hex(state), "\(textCount)", "\(shown)",
            hex(last.score.bitPattern), "\(last.ref)", "\(last.number)",
            word(GitPath(last.name).description),
            word(last.path.description) + "|" + recent.map { hex($0) }.joined(separator: ","),
        ]
        let plain = fields.joined(separator: " ")
        let base64 = Data("\(plain) \(Self.check(plain))".utf8).base64EncodedString()
        return String(base64.filter { $0 != "=" }.map { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 })
    }
}
