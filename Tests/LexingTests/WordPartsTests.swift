import Lexing
import Testing

@Suite("Words fall into the parts that people search for")
struct WordPartsTests {
    private func parts(_ word: String) -> [String] {
        var found: [String] = []
        Array(word.utf8).withUnsafeBytes { bytes in
            PartScanner.forEachPart(in: bytes) { found.append(String(decoding: $0, as: UTF8.self)) }
        }
        return found
    }

    @Test(arguments: [
        ("parse", ["parse"]), ("Parse", ["parse"]), ("PARSE", ["parse"]),
        ("parse_args", ["parse", "args"]), ("parseArgs", ["parse", "args"]),
        ("__init__", ["init"]), ("HTTPServer", ["http", "server"]),
        ("parseHTTPHeaders", ["parse", "http", "headers"]), ("getURLs", ["get", "urls"]),
        ("IDsToNames", ["ids", "to", "names"]), ("base64Encode", ["base64", "encode"]),
        ("sha1sum", ["sha1", "sum"]), ("i18n", ["i18n"]), ("k8s", ["k8s"]),
        ("HTTP2Server", ["http2", "server"]), ("2DTexture", ["2d", "texture"]),
        ("x86_64", ["x86", "64"]), ("utf8mb4", ["utf8", "mb4"]), ("0x1F", ["0x1f"]),
        ("_", []), ("S3Client", ["s3", "client"]), ("aB", ["a", "b"]),
    ])
    func splits(_ word: String, _ expected: [String]) {
        #expect(parts(word) == expected)
    }

    @Test(arguments: [
        ("größeÄnderung", ["größe", "änderung"]), ("ÉCOLE", ["école"]),
        ("ПотокДанных", ["поток", "данных"]), ("北京大学", ["北京", "京大", "大学"]),
        ("値x", ["値", "x"]), ("a\u{2014}b", ["a", "b"]), ("ok👍fine", ["ok", "fine"]),
    ])
    func splitsBeyondASCII(_ word: String, _ expected: [String]) {
        #expect(parts(word) == expected)
    }

    @Test func invalidBytesPartWords() {
        let text: [UInt8] = [0x61, 0x62, 0xFF, 0x63, 0x64, 0xE2, 0x82, 0x65, 0xC0, 0x80, 0x66]
        var words: [[UInt8]] = []
        text.withUnsafeBytes { bytes in
            WordScanner.forEachWord(in: bytes) { words.append(Array($0)) }
        }
        #expect(words == [[0x61, 0x62], [0x63, 0x64], [0x65], [0x66]])
    }

    @Test func longASCIIWordsAreData() {
        #expect(parts(String(repeating: "aB", count: 129)).isEmpty)
        #expect(parts(String(repeating: "a", count: 256)).count == 1)
        #expect(parts(String(repeating: "a", count: 257)).isEmpty)
    }

    @Test func longWordsOfOtherScriptsAreReadInPieces() {
        let found = parts(String(repeating: "北京", count: 200))
        #expect(found.count > 390)
        #expect(Set(found).isSubset(of: ["北京", "京北", "北", "京"]))
    }
}
