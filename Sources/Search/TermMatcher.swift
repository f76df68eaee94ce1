/// Finds which word of a query a word of a text is, exactly or by a common beginning.
///
/// Every word of every candidate goes through here, so the words of the query lie in flat memory
/// and most words of texts are passed over by their first two bytes.
struct TermMatcher {
    /// A word of a text that is a word of the query, or near to one.
    struct Match {
        var term: Int
        var isExact: Bool
    }

    fileprivate struct Entry {
        var start: Int32
        var count: Int32
        var term: Int32
        var isSimple: Bool
    }

    private var bytes: [UInt8] = []
    /// The words of the query, those with the same first byte together.
    private var entries: [Entry] = []
    /// For each first byte, where its words begin among ``entries``.
    private var firsts: [UInt8]

    init(_ profile: QueryProfile) {
        firsts = Array(repeating: 0, count: 257)
        let terms = profile.terms.enumerated().filter { !$0.element.lexeme.isEmpty }
        let order = terms.prefix(Int(UInt8.max)).sorted {
            $0.element.lexeme[0] < $1.element.lexeme[0]
        }
        for (index, term) in order {
            entries.append(
                Entry(
                    start: Int32(bytes.count), count: Int32(term.lexeme.count),
                    term: Int32(index), isSimple: term.isSimple))
            bytes += term.lexeme
            for first in Int(term.lexeme[0]) + 1...256 { firsts[first] += 1 }
        }
    }

    /// The match of a word, an exact one before a near one.
    func match(_ word: [UInt8]) -> Match? {
        word.withUnsafeBytes { word in
            withLookup { $0.match(word.baseAddress, count: word.count) }
        }
    }

    /// Lends the words of the query for many matches.
    func withLookup<R>(_ body: (Lookup) -> R) -> R {
        bytes.withUnsafeBufferPointer { bytes in
            entries.withUnsafeBufferPointer { entries in
                firsts.withUnsafeBufferPointer { firsts in
                    body(Lookup(bytes: bytes, entries: entries, firsts: firsts))
                }
            }
        }
    }

    /// The words of the query in memory that does not move; valid inside the call that lends it.
    struct Lookup {
        fileprivate let bytes: UnsafeBufferPointer<UInt8>
        fileprivate let entries: UnsafeBufferPointer<Entry>
        fileprivate let firsts: UnsafeBufferPointer<UInt8>

        /// The match of a word, an exact one before a near one.
        @inline(__always)
        func match(_ word: UnsafeRawPointer?, count: Int) -> Match? {
            guard let word, count > 0 else { return nil }
            let first = Int(word.load(as: UInt8.self))
            let (start, end) = (Int(firsts[first]), Int(firsts[first + 1]))
            if start == end { return nil }
            return search(word.assumingMemoryBound(to: UInt8.self), count, start..<end)
        }

        private func search(
            _ word: UnsafePointer<UInt8>, _ count: Int, _ range: Range<Int>
        ) -> Match? {
            var near: Match?
            for index in range {
                let entry = entries[index]
                let length = Int(entry.count)
                let limit = min(count, length)
                var common = 1
                while common < limit, word[common] == bytes[Int(entry.start) + common] {
                    common += 1
                }
                if common == count, common == length {
                    return Match(term: Int(entry.term), isExact: true)
                }
                if near == nil, entry.isSimple, Self.isNear(common, count, length) {
                    near = Match(term: Int(entry.term), isExact: false)
                }
            }
            return near
        }

        /// Whether two words with so many first bytes in common are likely of one family, as
        /// `auth` and `authentication`, or `serializer` and `serialization`.
        @inline(__always)
        private static func isNear(_ common: Int, _ one: Int, _ other: Int) -> Bool {
            let (short, long) = (min(one, other), max(one, other))
            if common == short { return short >= 4 && long <= 4 * short }
            return common >= 6 && common * 10 >= long * 6
        }
    }
}
