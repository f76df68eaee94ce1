import Git

/// Where a result stands in the order of all results: what pages are cut by.
struct ResultPlace: Hashable {
    var score: Double
    var path: GitPath
    /// The number of the ref.
    var ref: Int
    /// The chunk's place in the file, or the line.
    var number: Int
    /// What tells definitions on one line apart.
    var name = ""

    /// Whether this place comes before another: the better score first, then by path.
    func isBefore(_ other: ResultPlace) -> Bool {
        if score != other.score { return score > other.score }
        if path != other.path { return path < other.path }
        return (ref, number, name) < (other.ref, other.number, other.name)
    }

    /// Whether both are the same result, whatever its score.
    func isSameResult(as other: ResultPlace) -> Bool {
        path == other.path && ref == other.ref && number == other.number && name == other.name
    }

    /// What the result is told by among those of a few pages, whatever its score.
    var fingerprint: UInt32 {
        var hash = StableHash()
        hash.add(path.bytes)
        hash.add("\(ref) \(number) \(name)")
        return UInt32(truncatingIfNeeded: hash.value ^ hash.value >> 32)
    }
}
