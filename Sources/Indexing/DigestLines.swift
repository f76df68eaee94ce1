/// The lines of one file in the digest of an index.
struct DigestLines {
    private let path: [UInt8]
    private var lines: [[UInt8]] = []

    init(path: some Sequence<UInt8>) {
        self.path = Array(path)
    }

    /// Whether the lines are of this path.
    func isOf(_ path: UnsafeRawBufferPointer) -> Bool {
        self.path.count == path.count && self.path.elementsEqual(path)
    }

    /// Adds a chunk, or says that the file has none.
    ///
    /// - Parameters:
    ///   - oid: The hexadecimal id of the file's object.
    ///   - chunk: The hexadecimal hash of the chunk and its lines; nil for a file without chunks.
    mutating func add(oid: String, chunk: (hash: String, startLine: Int, endLine: Int)?) {
        var line = path
        line.reserveCapacity(path.count + 128)
        func add(_ field: String) {
            line.append(0)
            line += field.utf8
        }
        add(oid)
        add(chunk?.hash ?? "")
        add(String(chunk?.startLine ?? 0))
        add(String(chunk?.endLine ?? 0))
        line.append(UInt8(ascii: "\n"))
        lines.append(line)
    }

    /// The lines in order, back to back.
    consuming func sortedBytes() -> [UInt8] {
        if lines.count > 1 { lines.sort { $0.lexicographicallyPrecedes($1) } }
        return Array(lines.joined())
    }
}
