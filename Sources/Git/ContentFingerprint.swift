/// How many bytes a text has in each of its distinct lines, to tell how much two texts share.
///
/// A line longer than 64 bytes counts as several pieces, so that files without line ends compare
/// as well. Moved lines count as shared, as git counts them.
struct ContentFingerprint {
    private static let pieceBytes = 64

    /// Pieces in order of their hash, each with the bytes it makes up.
    private var pieces: [(hash: UInt64, bytes: Int)] = []
    private var totalBytes = 0

    /// The fingerprint of nothing, which is similar to nothing.
    init() {}

    init(_ content: UnsafeRawBufferPointer) {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        var length = 0
        var all: [(hash: UInt64, bytes: Int)] = []
        all.reserveCapacity(content.count / 24 + 1)
        for byte in content {
            hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
            length += 1
            guard byte == UInt8(ascii: "\n") || length == Self.pieceBytes else { continue }
            all.append((hash, length))
            hash = 0xCBF2_9CE4_8422_2325
            length = 0
        }
        if length > 0 { all.append((hash, length)) }
        all.sort { $0.hash < $1.hash }
        for piece in all {
            if let last = pieces.last, last.hash == piece.hash {
                pieces[pieces.count - 1].bytes += piece.bytes
            } else {
                pieces.append(piece)
            }
        }
        totalBytes = content.count
    }

    /// How much of the larger text is in both, from 0 to 100.
    func similarityPercent(to other: ContentFingerprint) -> Int {
        let larger = max(totalBytes, other.totalBytes)
        let smaller = min(totalBytes, other.totalBytes)
        guard smaller > 0, smaller * 2 >= larger else { return 0 }
        var shared = 0
        var left = 0
        var right = 0
        while left < pieces.count, right < other.pieces.count {
            if pieces[left].hash < other.pieces[right].hash {
                left += 1
            } else if pieces[left].hash > other.pieces[right].hash {
                right += 1
            } else {
                shared += min(pieces[left].bytes, other.pieces[right].bytes)
                left += 1
                right += 1
            }
        }
        return shared * 100 / larger
    }
}
