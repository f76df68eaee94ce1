import Git
import Testing

@Suite("Path patterns")
struct PathPatternTests {
    @Test(
        "choose files as the lines of an ignore file do",
        arguments: [
            ("*.swift", "a.swift", true), ("*.swift", "x/y/a.swift", true),
            ("*.swift", "a.swift.txt", false), ("src", "src/a/b.c", true),
            ("src/", "src/a/b.c", true), ("src/", "src", false), ("src", "lib/src/a.c", true),
            ("/src", "lib/src/a.c", false), ("src/*.c", "src/a.c", true),
            ("src/*.c", "src/x/a.c", false), ("src/**/*.c", "src/x/y/a.c", true),
            ("src/**/*.c", "src/a.c", true), ("src/**", "src/x/y", true), ("src/**", "src", false),
            ("**/test/**", "a/test/b", true), ("a?c", "abc", true), ("a?c", "a/c", false),
            ("[a-c]x", "bx", true), ("[!a-c]x", "bx", false), ("./src", "src/a", true),
            (".", "any/thing", true), ("", "any", true), ("/", "any", true),
            ("[open", "[open", false),
            ("lib/*", "lib/deep/er/file", true), ("*", "a/b", true),
            ("a*b*c*d", "aXbXcXbXcXd", true),
            ("\\*", "*", true), ("\\*", "a", false), ("Src", "src/a", false),
        ])
    func table(pattern: String, path: String, expected: Bool) {
        #expect(PathPattern(pattern).matches(GitPath(path)) == expected)
    }

    @Test("match bytes that are not UTF-8")
    func bytes() {
        let path = GitPath([0xFF, UInt8(ascii: "."), UInt8(ascii: "c")])
        #expect(PathPattern("*.c").matches(path))
        #expect(PathPattern("?.c").matches(path))
    }

    @Test("end quickly however many stars they have")
    func bounded() {
        let pattern = PathPattern(String(repeating: "**/a*", count: 30) + "b")
        let path = GitPath(String(repeating: "a/", count: 500) + "c")
        #expect(!pattern.matches(path))
        let stars = PathPattern(String(repeating: "*a", count: 200) + "b")
        #expect(!stars.matches(GitPath(String(repeating: "a", count: 4_000))))
    }

    @Test("keep their text and are equal by it")
    func text() {
        #expect(PathPattern("a/*").description == "a/*")
        #expect(PathPattern("a") == PathPattern("a"))
        #expect(Set([PathPattern("a"), PathPattern("a"), PathPattern("b")]).count == 2)
    }
}
