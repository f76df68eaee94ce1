import Lexing

/// Counts the tokens of one text after the other.
///
/// A part of a word that is a piece of the model is one token; any other part is split into the
/// cheapest sequence of pieces, and a character that no piece has goes to one of the buckets.
struct TokenCounter: ~Copyable {
    private let model: ModelFile
    /// Occurrences by token; 0 for those not in `found`.
    private let counts: UnsafeMutablePointer<UInt16>
    /// The distinct tokens of the text.
    private let found: UnsafeMutablePointer<UInt16>
    private(set) var foundCount = 0

    private let best: UnsafeMutablePointer<Int32>
    private let origin: UnsafeMutablePointer<Int16>
    private let chosen: UnsafeMutablePointer<Int32>
    private let memory = SegmentMemory()

    init(_ model: ModelFile) {
        self.model = model
        counts = .allocate(capacity: model.shape.tokens)
        counts.initialize(repeating: 0, count: model.shape.tokens)
        found = .allocate(capacity: model.shape.tokens)
        let ends = Lexeme.maximumBytes + 1
        best = .allocate(capacity: ends)
        origin = .allocate(capacity: ends)
        chosen = .allocate(capacity: ends)
    }

    deinit {
        counts.deallocate()
        found.deallocate()
        best.deallocate()
        origin.deallocate()
        chosen.deallocate()
    }

    /// Counts the tokens of a text.
    mutating func count(_ text: UnsafeRawBufferPointer, _ pieces: borrowing PieceTable) {
        PartScanner.forEachPart(in: text) { part in
            guard let start = part.baseAddress, part.count <= Lexeme.maximumBytes else { return }
            let bytes = start.assumingMemoryBound(to: UInt8.self)
            let key = WordKey(reading: bytes, count: part.count)
            let token = pieces.token(bytes, count: part.count, key)
            if token >= 0 {
                add(token)
            } else if let known = memory.find(bytes, count: part.count, hash: key.hash) {
                for token in known { add(Int(token)) }
            } else {
                segment(bytes, part.count, pieces, hash: key.hash)
            }
        }
    }

    /// Hands out each token with the number of its occurrences, and forgets them all.
    @inline(__always)
    mutating func drain(_ body: (_ token: Int, _ occurrences: Int) -> Void) {
        for index in 0..<foundCount {
            let token = Int(found[index])
            body(token, Int(counts[token]))
            counts[token] = 0
        }
        foundCount = 0
    }

    @inline(__always)
    private mutating func add(_ token: Int) {
        let times = counts[token]
        if times == 0 {
            found[foundCount] = UInt16(truncatingIfNeeded: token)
            foundCount += 1
        }
        if times < UInt16.max { counts[token] = times + 1 }
    }

    /// Finds the cheapest pieces of an unknown part by dynamic programming.
    private mutating func segment(
        _ bytes: UnsafePointer<UInt8>, _ count: Int, _ pieces: borrowing PieceTable, hash: UInt64
    ) {
        best[0] = 0
        for end in 1...count where isStart(bytes, end, count) {
            choose(bytes, end, count, pieces)
        }
        let entry = memory.begin(bytes, count: count, hash: hash)
        var (end, tokens) = (count, 0)
        while end > 0 {
            add(Int(chosen[end]))
            tokens += 1
            if tokens <= SegmentMemory.maximumTokens, let entry {
                entry[0] = UInt16(truncatingIfNeeded: tokens)
                entry[tokens] = UInt16(truncatingIfNeeded: chosen[end])
            }
            end = Int(origin[end])
        }
        if tokens > SegmentMemory.maximumTokens, entry != nil { memory.forget(hash: hash) }
    }

    /// Finds the cheapest way to an end: of equal ones, that with the longest last piece.
    private func choose(
        _ bytes: UnsafePointer<UInt8>, _ end: Int, _ count: Int, _ pieces: borrowing PieceTable
    ) {
        best[end] = Int32.max
        var start = max(0, end - model.shape.maximumPieceBytes)
        while start < end {
            defer { start += 1 }
            guard isStart(bytes, start, count) else { continue }
            var token = pieces.token(bytes + start, count: end - start)
            var cost = Int32(truncatingIfNeeded: model.shape.unknownCost)
            if token >= 0 {
                cost = Int32(model.costs[token])
            } else {
                guard isCharacter(bytes, start, end) else { continue }
                token = bucket(bytes + start, end - start)
            }
            if best[start] + cost < best[end] {
                best[end] = best[start] + cost
                origin[end] = Int16(truncatingIfNeeded: start)
                chosen[end] = Int32(truncatingIfNeeded: token)
            }
        }
    }

    /// Whether a character, or the end of the part, is at an offset.
    @inline(__always)
    private func isStart(_ bytes: UnsafePointer<UInt8>, _ offset: Int, _ count: Int) -> Bool {
        offset == count || bytes[offset] & 0xC0 != 0x80
    }

    private func isCharacter(_ bytes: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Bool {
        for index in (start + 1)..<end where bytes[index] & 0xC0 != 0x80 { return false }
        return true
    }

    /// The bucket of a character: FNV-1a of its bytes.
    private func bucket(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int {
        var hash: UInt32 = 0x811C_9DC5
        for index in 0..<count { hash = (hash ^ UInt32(bytes[index])) &* 0x0100_0193 }
        return model.shape.pieces + Int(hash % UInt32(model.shape.buckets))
    }
}
