/// An extension that several languages share, told apart by words at the start of lines.
struct AmbiguousLanguage: Sendable {
    /// The language when no mark is found.
    let usual: String

    /// Words at the start of a line and the language each shows, the first to be found wins.
    let marks: [(word: String, language: String)]

    func choose(_ head: UnsafeRawBufferPointer) -> String {
        var atLineStart = true
        for (offset, byte) in head.enumerated() {
            if byte == 0x0A {
                atLineStart = true
            } else if byte > 0x20, atLineStart {
                atLineStart = false
                let rest = head[offset...]
                for mark in marks where rest.starts(with: mark.word.utf8) { return mark.language }
            }
        }
        return usual
    }
}
