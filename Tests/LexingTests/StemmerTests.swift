import Lexing
import Testing

@Suite("Forms of one word meet")
struct StemmerTests {
    private func stem(_ word: String) -> String {
        var bytes = Array(word.utf8)
        let count = bytes.withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.map { Stemmer.stem($0, count: buffer.count) } ?? 0
        }
        return String(decoding: bytes.prefix(count), as: UTF8.self)
    }

    @Test(arguments: [
        ["parse", "parses", "parsed", "parsing"], ["cache", "caches", "cached", "caching"],
        ["query", "queries", "queried", "querying"], ["map", "maps", "mapped", "mapping"],
        ["use", "uses", "used", "using"], ["match", "matches", "matched", "matching"],
        ["add", "adds", "added", "adding"], ["box", "boxes"], ["class", "classes"],
        ["node", "nodes"], ["set", "sets", "setting", "settings"],
    ])
    func meet(_ forms: [String]) {
        #expect(Set(forms.map(stem)).count == 1, "\(forms.map(stem))")
    }

    @Test(arguments: ["string", "thing", "being", "need", "status", "process", "this", "s", "ring"])
    func stay(_ word: String) {
        #expect(stem(word) == word)
    }

    @Test func stemmingTwiceChangesLittle() {
        #expect(stem("ü") == "ü")
        #expect(stem("größe") == "größ")
    }
}
