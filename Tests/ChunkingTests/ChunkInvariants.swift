@testable import Chunking

/// What must hold for every text in every language.
enum ChunkInvariants {
    /// Names each rule that a cut text breaks.
    static func broken(_ text: ChunkedText, _ bytes: [UInt8]) -> [String] {
        var problems: [String] = []
        var next = 0
        var line = 1
        for (ordinal, chunk) in text.chunks.enumerated() {
            if chunk.ordinal != ordinal { problems.append("ordinal \(ordinal)") }
            if chunk.byteRange.lowerBound != next { problems.append("gap or overlap at \(next)") }
            if chunk.byteRange.isEmpty { problems.append("empty chunk \(ordinal)") }
            next = chunk.byteRange.upperBound
            if chunk.startLine != line { problems.append("wrong first line \(chunk.startLine)") }
            problems += linesBroken(chunk, bytes)
            let endsLine = next > 0 && next <= bytes.count && bytes[next - 1] == 0x0A
            line = endsLine ? chunk.endLine + 1 : chunk.endLine
        }
        if next != bytes.count { problems.append("ends at \(next) of \(bytes.count)") }
        for symbol in text.symbols {
            guard text.chunks.indices.contains(symbol.chunkOrdinal) else {
                problems.append("symbol \(symbol.name) in no chunk")
                continue
            }
            let chunk = text.chunks[symbol.chunkOrdinal]
            if symbol.startLine > symbol.endLine || symbol.name.isEmpty
                || symbol.startLine > chunk.endLine || symbol.endLine < chunk.startLine
            {
                problems.append("symbol \(symbol.name) not in its chunk")
            }
        }
        return problems
    }

    private static func linesBroken(_ chunk: Chunk, _ bytes: [UInt8]) -> [String] {
        var problems: [String] = []
        let range = chunk.byteRange
        guard range.upperBound <= bytes.count else { return ["beyond the end"] }
        let limit = ChunkSizes().lineBytes
        let startsLine = range.lowerBound == 0 || bytes[range.lowerBound - 1] == 0x0A
        let endsLine = range.upperBound == bytes.count || bytes[range.upperBound - 1] == 0x0A
        if !startsLine || !endsLine {
            if chunk.startLine != chunk.endLine { problems.append("cut line in a run of lines") }
            if range.count > limit { problems.append("piece over the limit") }
        }
        let feeds = bytes.withUnsafeBytes { text in
            text[range].dropLast().reduce(0) { $0 + ($1 == 0x0A ? 1 : 0) }
        }
        if chunk.endLine - chunk.startLine != feeds { problems.append("wrong count of lines") }
        return problems
    }
}
