import Git
import Testing

@Suite("Object ids and paths")
struct ValueTests {
    @Test("an object id keeps its digits and its order")
    func objectID() throws {
        let hex = "00112233445566778899aabbccddeeff01234567"
        let id = try oid(hex)
        #expect(id.hex == hex && id.description == hex)
        #expect(ObjectID(hex: hex.uppercased()) == id)
        #expect(ObjectID(bytes: id.bytes) == id)
        #expect(id.bytes.count == 20)
        for bad in ["", "0", String(hex.dropLast()), hex + "0", hex.dropLast() + "g"] {
            #expect(ObjectID(hex: bad) == nil)
        }
        #expect(ObjectID(bytes: [1, 2]) == nil)
        var generator = SeededGenerator(seed: 5)
        let ids = try (0..<100).map { _ in
            try #require(ObjectID(bytes: (0..<20).map { _ in generator.next() % 3 == 0 ? 1 : 0 }))
        }
        let sorted = ids.sorted().map(\.bytes)
        #expect(sorted == ids.map(\.bytes).sorted { $0.lexicographicallyPrecedes($1) })
    }

    @Test(
        "a path shows what is no plain text as percent codes, and reads them back",
        arguments: [
            ([], ""), (Array("a/b.c".utf8), "a/b.c"), (Array("é".utf8), "é"), ([0xE9], "%e9"),
            (Array("50%".utf8), "50%25"), ([0x61, 0x0A], "a%0a"), ([0xC3], "%c3"),
            ([0xED, 0xA0, 0x80], "%ed%a0%80"), ([0xC2, 0x9B], "%c2%9b"),
            ([0xF0, 0x9F, 0x98, 0x80], "😀"), ([0x7F], "%7f"),
        ] as [([UInt8], String)])
    func percent(bytes: [UInt8], text: String) {
        #expect(GitPath(bytes).description == text)
        #expect(GitPath(percentEncoded: text) == GitPath(bytes))
    }

    @Test("a path knows its parts and its order")
    func parts() {
        #expect(GitPath("a/b/c").name.elementsEqual("c".utf8))
        #expect(GitPath("a/b/c").parent == "a/b")
        #expect(GitPath("a").parent == nil)
        #expect(GitPath(percentEncoded: "%4") == nil)
        #expect(GitPath(percentEncoded: "%zz") == nil)
        let paths: [GitPath] = ["a", "a-b", "a.c", "a/b", "a0", "b", "é"]
        #expect(paths.shuffled().sorted() == paths)
        #expect(!(GitPath("a") < GitPath("a")))
    }
}
