import Lexing

/// Finds the token of a piece: an open-addressed hash table over the model's pieces.
struct PieceTable: ~Copyable {
    private struct Slot {
        var prefix: UInt64
        /// The token plus one; 0 in an empty slot.
        var token: Int32
        var length: Int32
    }

    private let slots: UnsafeMutablePointer<Slot>
    private let mask: Int
    private let offsets: UnsafeMutablePointer<Int32>
    private let bytes: UnsafePointer<UInt8>

    /// Enters all pieces of a model, which must outlive the table.
    ///
    /// Takes about a millisecond for 32,000 pieces.
    init(_ model: ModelFile) {
        let count = model.shape.pieces
        var capacity = 64
        while capacity < 2 * count { capacity *= 2 }
        slots = .allocate(capacity: capacity)
        slots.initialize(repeating: Slot(prefix: 0, token: 0, length: 0), count: capacity)
        offsets = .allocate(capacity: count + 1)
        mask = capacity - 1
        bytes = model.pieceBytes
        enter(model)
    }

    deinit {
        slots.deallocate()
        offsets.deallocate()
    }

    private func enter(_ model: ModelFile) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 256 + 8) { word in
            guard let start = word.baseAddress else { return }
            start.initialize(repeating: 0, count: word.count)
            var offset = 0
            for token in 0..<model.shape.pieces {
                let length = Int(model.pieceLengths[token])
                // A sum of lengths past the section is cut: the checksum already passed.
                guard offset + length <= model.shape.stringBytes else { return }
                offsets[token] = Int32(truncatingIfNeeded: offset)
                start.update(from: bytes + offset, count: length)
                let key = WordKey(reading: start, count: length)
                var slot = Int(truncatingIfNeeded: key.hash >> 32) & mask
                while slots[slot].token != 0 { slot = (slot + 1) & mask }
                slots[slot] = Slot(
                    prefix: key.prefix, token: Int32(truncatingIfNeeded: token + 1),
                    length: Int32(truncatingIfNeeded: length))
                offset += length
            }
        }
    }

    /// Returns the token of a piece.
    ///
    /// - Parameters:
    ///   - start: The piece. Eight bytes must be readable, however short it is.
    ///   - count: Its length in bytes.
    /// - Returns: The token, or -1 where no piece has these bytes.
    @inline(__always)
    func token(_ start: UnsafePointer<UInt8>, count: Int) -> Int {
        token(start, count: count, WordKey(reading: start, count: count))
    }

    /// Returns the token of a piece whose key is known, -1 where there is none.
    @inline(__always)
    func token(_ start: UnsafePointer<UInt8>, count: Int, _ key: WordKey) -> Int {
        var slot = Int(truncatingIfNeeded: key.hash >> 32) & mask
        while slots[slot].token != 0 {
            if slots[slot].prefix == key.prefix, Int(slots[slot].length) == count {
                let token = Int(slots[slot].token) - 1
                if count <= 8 || isRest(start, of: token, count) { return token }
            }
            slot = (slot + 1) & mask
        }
        return -1
    }

    private func isRest(_ start: UnsafePointer<UInt8>, of token: Int, _ count: Int) -> Bool {
        let known = bytes + Int(offsets[token])
        for index in 8..<count where start[index] != known[index] { return false }
        return true
    }
}
