/// Splits the bytes of an ignore or attribute file into lines.
enum RuleText {
    static func lines(of content: UnsafeRawBufferPointer) -> [ArraySlice<UInt8>] {
        var bytes = Array(content)[...]
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
        return bytes.split(separator: UInt8(ascii: "\n")).map { line in
            // Git reads lines as C strings.
            line.firstIndex(of: 0).map { line[..<$0] } ?? line
        }
    }
}
