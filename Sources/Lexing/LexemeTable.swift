/// Collects lexemes and their places: an open-addressed hash table over one byte arena.
///
/// The memory is grown by hand, because this is on the path of every text that is indexed and
/// checks on each access took nearly half of the time. `LexemeExtractor` owns one.
struct LexemeTable: ~Copyable {
    // These three are not private: the compiler (6.3) fails on private types in generic memory
    // that another file destroys.
    struct Entry {
        /// The first eight bytes, big-endian and padded with zeros: most comparisons end here.
        var prefix: UInt64
        var offset: Int32
        var length: Int32
        var slot: Int32
        var firstPlace: Int32
        var lastPlace: Int32
        var placeCount: Int32
    }

    struct Place {
        var position: UInt16
        var next: Int32
    }

    struct Rank {
        var prefix: UInt64
        var index: Int32
    }

    private var arena = GrowingMemory<UInt8>(capacity: 1 << 14)
    private var slots = GrowingMemory<Int32>(capacity: 1 << 10)
    private var entries = GrowingMemory<Entry>(capacity: 1 << 9)
    private var places = GrowingMemory<Place>(capacity: 1 << 11)
    private var order: [Rank] = []

    init() {
        slots.fill(with: 0)
        arena.fill(with: 0)
        arena.count = 0
    }

    /// Adds one place of a word.
    ///
    /// - Parameters:
    ///   - word: The lower-cased word; too short or too long ones are passed over.
    ///   - position: Its place, from 1.
    ///   - isStemmed: Whether to stem it first.
    @inline(__always)
    mutating func insert(_ word: UnsafeRawBufferPointer, at position: Int, isStemmed: Bool) {
        guard word.count > 1, word.count <= Lexeme.maximumBytes, let source = word.baseAddress
        else { return }
        arena.reserve(Lexeme.maximumBytes + 8)
        let start = arena.base + arena.count
        start.update(from: source.assumingMemoryBound(to: UInt8.self), count: word.count)
        let length = isStemmed ? Stemmer.stem(start, count: word.count) : word.count
        let entry = find(start, length)
        let place = UInt16(truncatingIfNeeded: min(position, Int(LexemeList.maximumPosition)))
        add(place, to: entries.base + entry)
    }

    /// Returns the entry of the word that stands at the end of the arena, new or known.
    @inline(__always)
    private mutating func find(_ start: UnsafeMutablePointer<UInt8>, _ length: Int) -> Int {
        let key = WordKey(reading: start, count: length)
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: key.hash >> 32) & mask
        while slots.base[slot] != 0 {
            let index = Int(slots.base[slot]) - 1
            let entry = entries.base + index
            if entry.pointee.prefix == key.prefix, Int(entry.pointee.length) == length,
                length <= 8 || isEqual(start + 8, entry.pointee, length)
            {
                return index
            }
            slot = (slot + 1) & mask
        }
        return append(key.prefix, length, slot)
    }

    private mutating func append(_ prefix: UInt64, _ length: Int, _ slot: Int) -> Int {
        entries.append(
            Entry(
                prefix: prefix, offset: Int32(truncatingIfNeeded: arena.count),
                length: Int32(truncatingIfNeeded: length),
                slot: Int32(truncatingIfNeeded: slot), firstPlace: -1, lastPlace: -1,
                placeCount: 0))
        let index = entries.count - 1
        slots.base[slot] = Int32(truncatingIfNeeded: entries.count)
        arena.count += length
        if entries.count * 2 > slots.count { grow() }
        return index
    }

    private func isEqual(
        _ rest: UnsafeMutablePointer<UInt8>, _ entry: Entry, _ length: Int
    ) -> Bool {
        let other = arena.base + Int(entry.offset) + 8
        for index in 0..<(length - 8) where rest[index] != other[index] { return false }
        return true
    }

    private mutating func grow() {
        slots = GrowingMemory(capacity: 2 * slots.count)
        slots.fill(with: 0)
        let mask = slots.count - 1
        for index in 0..<entries.count {
            let entry = entries.base + index
            let start = arena.base + Int(entry.pointee.offset)
            let key = WordKey(reading: start, count: Int(entry.pointee.length))
            var slot = Int(truncatingIfNeeded: key.hash >> 32) & mask
            while slots.base[slot] != 0 { slot = (slot + 1) & mask }
            slots.base[slot] = Int32(truncatingIfNeeded: index + 1)
            entry.pointee.slot = Int32(truncatingIfNeeded: slot)
        }
    }

    @inline(__always)
    private mutating func add(_ position: UInt16, to entry: UnsafeMutablePointer<Entry>) {
        let last = Int(entry.pointee.lastPlace)
        let place = Int32(truncatingIfNeeded: places.count)
        if last >= 0 {
            let isFull = entry.pointee.placeCount >= LexemeList.maximumPositions
            // Places past the largest one are all equal and count once.
            if isFull || places.base[last].position == position { return }
            places.base[last].next = place
        } else {
            entry.pointee.firstPlace = place
        }
        entry.pointee.lastPlace = place
        entry.pointee.placeCount += 1
        places.append(Place(position: position, next: -1))
    }

    /// Returns what was collected, in byte order, and empties the table.
    mutating func drain(partCount: Int) -> LexemeList {
        sortEntries()
        var list = LexemeList()
        list.partCount = partCount
        list.bytes.reserveCapacity(arena.count)
        list.ends.reserveCapacity(entries.count)
        list.positionEnds.reserveCapacity(entries.count)
        list.positions.reserveCapacity(places.count)
        for rank in order {
            let entry = entries.base[Int(rank.index)]
            let text = UnsafeBufferPointer(
                start: arena.base + Int(entry.offset), count: Int(entry.length))
            list.bytes.append(contentsOf: text)
            list.ends.append(UInt32(truncatingIfNeeded: list.bytes.count))
            var place = entry.firstPlace
            while place >= 0 {
                list.positions.append(places.base[Int(place)].position)
                place = places.base[Int(place)].next
            }
            list.positionEnds.append(UInt32(truncatingIfNeeded: list.positions.count))
            slots.base[Int(entry.slot)] = 0
        }
        entries.count = 0
        places.count = 0
        arena.count = 0
        return list
    }

    private mutating func sortEntries() {
        order.removeAll(keepingCapacity: true)
        for index in 0..<entries.count {
            let prefix = entries.base[index].prefix
            order.append(Rank(prefix: prefix, index: Int32(truncatingIfNeeded: index)))
        }
        let (arena, entries) = (arena.base, entries.base)
        order.sort { left, right in
            if left.prefix != right.prefix { return left.prefix < right.prefix }
            return Self.precedes(entries[Int(left.index)], entries[Int(right.index)], arena)
        }
    }

    /// Compares two entries whose first eight bytes are equal.
    private static func precedes(
        _ first: Entry, _ second: Entry, _ arena: UnsafeMutablePointer<UInt8>
    ) -> Bool {
        let shared = Int(min(first.length, second.length))
        let (left, right) = (arena + Int(first.offset), arena + Int(second.offset))
        var index = 8
        while index < shared {
            if left[index] != right[index] { return left[index] < right[index] }
            index += 1
        }
        return first.length < second.length
    }
}
