/// Where the lines of a text start and how much each holds.
struct LineTable {
    let bytes: UnsafeRawBufferPointer

    /// The offset of each row's first byte, and the text's length at the end.
    private(set) var starts: [Int]

    /// For each row, the bytes that are not white space up to its end.
    private var inkThrough: [Int]

    /// The length of the longest row.
    private(set) var longestRow = 0

    /// The number of rows; an empty text has none.
    var rowCount: Int { starts.count - 1 }

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
        let expected = bytes.count / 24 + 2
        starts = []
        inkThrough = []
        starts.reserveCapacity(expected)
        inkThrough.reserveCapacity(expected)
        var ink = 0
        var rowStart = 0
        for (offset, byte) in bytes.enumerated() {
            // Space and all control characters below it, line feed included.
            if byte > 0x20 {
                ink += 1
                continue
            }
            if byte == 0x0A { endRow(start: &rowStart, end: offset + 1, ink: ink) }
        }
        if rowStart < bytes.count { endRow(start: &rowStart, end: bytes.count, ink: ink) }
        starts.append(bytes.count)
    }

    private mutating func endRow(start: inout Int, end: Int, ink: Int) {
        starts.append(start)
        longestRow = max(longestRow, end - start)
        inkThrough.append(ink)
        start = end
    }

    /// The bytes that are not white space in a run of rows.
    func ink(_ rows: Range<Int>) -> Int { inkUpTo(rows.upperBound) - inkUpTo(rows.lowerBound) }

    private func inkUpTo(_ row: Int) -> Int { row == 0 ? 0 : inkThrough[row - 1] }

    func isBlank(_ row: Int) -> Bool { ink(row..<row + 1) == 0 }

    /// How many bytes of white space a row starts with.
    func indent(_ row: Int) -> Int {
        bytes[starts[row]..<starts[row + 1]].prefix { $0 <= 0x20 }.count
    }

    func byteRange(_ rows: Range<Int>) -> Range<Int> {
        starts[rows.lowerBound]..<starts[rows.upperBound]
    }

    /// The row that holds a byte.
    func row(of offset: Int) -> Int {
        var low = 0
        var high = max(rowCount - 1, 0)
        while low < high {
            let middle = (low + high + 1) / 2
            if starts[middle] <= offset { low = middle } else { high = middle - 1 }
        }
        return low
    }
}
