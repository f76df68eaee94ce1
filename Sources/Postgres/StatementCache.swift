/// The statements that a connection has prepared or seen once.
///
/// A statement is prepared when it comes for the second time: most statements of a short command
/// come once, and preparing costs a round trip.
struct StatementCache {
    /// More than this many are not kept.
    static let limit = 256

    struct Key: Hashable {
        let text: String
        let types: [UInt32]
    }

    private struct Entry {
        var name: String?
        var lastUse: Int
    }

    private var entries: [Key: Entry] = [:]
    private var clock = 0
    private var nameCounter = 0

    /// The number of statements that are prepared on the server.
    var preparedCount: Int { entries.values.count { $0.name != nil } }

    enum Plan {
        /// Send the text.
        case unnamed
        /// Prepare it under this name, then run it by the name.
        case prepare(String)
        /// Run it by the name.
        case run(String)
    }

    /// Says how to run a statement, and counts the use.
    mutating func plan(for key: Key) -> Plan {
        clock += 1
        guard let entry = entries[key] else {
            entries[key] = Entry(name: nil, lastUse: clock)
            return .unnamed
        }
        entries[key]?.lastUse = clock
        if let name = entry.name { return .run(name) }
        nameCounter += 1
        return .prepare("gitdex_\(nameCounter)")
    }

    /// Records that a statement has been prepared.
    mutating func setPrepared(_ key: Key, name: String) {
        entries[key] = Entry(name: name, lastUse: clock)
    }

    /// Forgets a statement.
    mutating func forget(_ key: Key) {
        entries[key] = nil
    }

    /// Forgets all, as after a reconnect.
    mutating func removeAll() {
        entries.removeAll()
    }

    /// Removes the statements used longest ago beyond the limit.
    ///
    /// - Returns: The names that the server may forget too.
    mutating func evict() -> [String] {
        guard entries.count > Self.limit else { return [] }
        // A quarter at a time, so that sorting is rare.
        let surplus = entries.count - Self.limit * 3 / 4
        let oldest = entries.sorted { $0.value.lastUse < $1.value.lastUse }.prefix(surplus)
        for (key, _) in oldest { entries[key] = nil }
        return oldest.compactMap(\.value.name)
    }
}
