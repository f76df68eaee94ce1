import GitdexTesting
import Testing

@testable import API

@Suite("Files as they are at the indexed commit", .serialized)
struct FileRouteTests {
    @Test("every file comes back byte for byte, whatever it is called")
    func whole() async throws {
        let bench = try await APIBench.start()
        let fixture = try GitFixture()
        let files = [
            "plain.py": "def a():\n    return 1\n", "no newline.txt": "one\ntwo",
            "windows.c": "int a;\r\nint b;\r\n", "empty.txt": "",
            "deep/er/x.md": "# A\n\n## B\n\nc\n",
            "percent%41.txt": "percent\n", "umläut.txt": "größe\n", "a+b&c=d?.txt": "odd\n",
            "long.swift": (0..<400).map { "func f\($0)() {\n    g(\($0))\n}\n" }.joined(),
        ]
        for (path, text) in files { try fixture.write(path, text) }
        try fixture.commit("files")
        try await bench.index(fixture)
        let status = try await bench.local("GET", "status").json["refs"][0]
        let name = try #require(status["repository"].string)
        for (path, text) in files {
            let url = "repositories/\(name)/files/" + Self.escaped(path)
            let answer = try await bench.local("GET", url)
            #expect(answer.status == 200, "\(path)")
            #expect(answer.json["content"].string == text, "\(path)")
            #expect(answer.json["commit"] == status["indexed_commit"])
            let blob = try fixture.git("rev-parse", "HEAD:" + path)
            #expect(answer.json["blob"].string == blob)
            let plain = try await bench.local("GET", url, headers: ["accept": "text/plain"])
            #expect(plain.body == Array(text.utf8), "\(path)")
        }
        let long = try await bench.local("GET", "repositories/1/files/long.swift")
        #expect(long.json["lines"].int == 1200)
        try await bench.stop()
    }

    @Test("a ref of its own, and an entity tag of its commit")
    func refs() async throws {
        let bench = try await APIBench.start()
        let fixture = try GitFixture()
        try fixture.write("a.txt", "first\n")
        try fixture.commit("first")
        try await bench.index(fixture)
        try fixture.git("checkout", "--quiet", "-b", "other")
        try fixture.write("a.txt", "second\n")
        try fixture.commit("second")
        try await bench.index(fixture)
        let url = "repositories/1/files/a.txt"
        let main = try await bench.local("GET", url + "?ref=main")
        let other = try await bench.local("GET", url + "?ref=refs/heads/other")
        #expect(main.json["content"].string == "first\n")
        #expect(other.json["content"].string == "second\n")
        let commit = try #require(main.json["commit"].string)
        let pinned = try await bench.local("GET", url + "?ref=\(commit.prefix(9))")
        #expect(pinned.json["content"].string == "first\n")
        let tag = try #require(main.headers["etag"])
        let known = try await bench.local(
            "GET", url + "?ref=main", headers: ["if-none-match": tag])
        #expect(known.status == 304)
        let moved = try await bench.local(
            "GET", url + "?ref=other", headers: ["if-none-match": tag])
        #expect(moved.status == 200)
        try await bench.stop()
    }

    @Test("what has no text is refused with the reason")
    func leftOut() async throws {
        let bench = try await APIBench.start()
        let fixture = try GitFixture()
        try fixture.write("a.bin", String(decoding: [0, 1, 2, 0], as: UTF8.self))
        try fixture.write("a.txt", "a\n")
        try fixture.commit("files")
        try await bench.index(fixture)
        let binary = try await bench.local("GET", "repositories/1/files/a.bin")
        #expect(binary.status == 404 && binary.detail.contains("binary"))
        for path in ["nope", "..%2F..%2Fetc%2Fpasswd", "%00", "%zz", "a.txt/"] {
            let answer = try await bench.local("GET", "repositories/1/files/" + path)
            #expect(answer.status == 404, "\(path)")
        }
        try await bench.stop()
    }

    /// A path as answers write it, as a part of a URL.
    private static func escaped(_ path: String) -> String {
        var result = ""
        for byte in path.replacing("%", with: "%25").utf8 {
            let character = Character(UnicodeScalar(byte))
            if byte < 128, character.isLetter || character.isNumber || "/._-".contains(character) {
                result.append(character)
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                result += "%" + (digits.count == 1 ? "0" : "") + digits
            }
        }
        return result
    }
}
