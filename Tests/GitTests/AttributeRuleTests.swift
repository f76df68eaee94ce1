import Git
import GitdexTesting
import Testing

@Suite("Attribute rules")
struct AttributeRuleTests {
    private static let paths = [
        "a.c", "b/a.c", "gen/x.go", "gen/sub/y.go", "third/lib.js", "img.png", "a b.txt", "t.txt",
        "é.txt", "src/t.txt", "src/gen/z.go", "q\"uote",
    ]

    private static let tables = [
        "*.go linguist-generated\n", "gen/** linguist-generated=true\n", "gen/ binary\n",
        "*.go linguist-generated=false\n", "*.c -linguist-vendored\n*.c linguist-vendored\n",
        "*.c linguist-vendored\n*.c !linguist-vendored\n", "*.png binary\n", "*.png -text\n",
        "*.txt text\n/t.txt -text\n", "*.txt binary\nt.txt text\n", "*.txt binary text\n",
        "*.txt text binary\n", "*.png binary\n*.png -binary\n", "*.png binary\n*.png !text\n",
        "\"a b.txt\" -text\n", "\"\\303\\251.txt\" -text\n", "\"q\\\"uote\" binary\n",
        "\"open -text\n", "a\\ b.txt -text\n", "!a.c -text\n", "# *.c -text\n  *.c -text\n",
        "*.c\n", "*.c bad;name -text\n", "*.c -text -\n", "*.c --text\n", "*.c =x\n",
        "*.c text=auto\n", "*.c -text=auto\n", "\t*.c\t-text\r\n", "\u{FEFF}*.c -text\n",
        "**/*.go -text\n", "/gen/*.go -text\n", "src/gen -text\n", "*.c -text *.h\n",
        "*.go linguist-generated=\n",
        "third/** linguist-vendored\nthird/*.js -linguist-vendored\n",
        "*.c linguist-generated linguist-vendored -text\n*.c linguist-generated=0\n",
    ]

    @Test("say exactly what git says")
    func table() throws {
        var comparison = try RuleComparison()
        for (index, rules) in Self.tables.enumerated() {
            let folder = "t\(index)"
            try comparison.write(rules: Array(rules.utf8), named: ".gitattributes", in: folder)
            for path in Self.paths { comparison.add(folder + "/" + path) }
        }
        try comparison.compareAttributes()
    }

    @Test(
        "know macros, which only the file at the top may define",
        arguments: [
            "[attr]mine linguist-generated -text\n*.c mine\n", "[attr]mine binary\n*.c mine\n",
            "[attr]binary linguist-vendored\n*.png binary\n", "*.c mine\n[attr]mine -text\n",
            "[attr]loop loop linguist-generated\n*.c loop\n", "[attr] x -text\n",
        ])
    func macros(rules: String) throws {
        var comparison = try RuleComparison()
        try comparison.write(rules: Array(rules.utf8), named: ".gitattributes", in: "")
        for path in Self.paths { comparison.add(path) }
        try comparison.compareAttributes()
    }

    @Test("come from every folder above, the closest first")
    func nested() throws {
        var comparison = try RuleComparison()
        let files = [
            ("", "*.c -text\n*.go linguist-generated\n[attr]mine linguist-vendored\n"),
            ("a", "*.c text\nb/*.go -linguist-generated\n[attr]theirs -text\n"),
            ("a/b", "*.c !text mine\n/x.go theirs\n"),
        ]
        for (folder, rules) in files {
            try comparison.write(rules: Array(rules.utf8), named: ".gitattributes", in: folder)
        }
        for folder in ["", "a/", "a/b/", "a/b/c/"] {
            for name in ["x.c", "x.go", "y"] { comparison.add(folder + name) }
        }
        try comparison.compareAttributes()
    }

    @Test("agree with git on random rules and paths", arguments: [1, 2])
    func random(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var comparison = try RuleComparison()
        let words = [
            "binary", "-text", "text", "!text", "linguist-generated", "-linguist-generated",
            "linguist-vendored=true", "linguist-vendored=false", "-binary", "!binary",
        ]
        let names = Set((0..<20).map { _ in generator.path() }).sorted()
        for index in 0..<80 {
            let folder = "t\(index)"
            let lines = (0..<Int.random(in: 1...4, using: &generator)).map { _ in
                let word = words.randomElement(using: &generator) ?? "text"
                return generator.pattern(naming: "ab") + " \(word)\n*b* \(word)\n"
            }
            try comparison.write(
                rules: Array(lines.joined().utf8), named: ".gitattributes", in: folder)
            for name in names { comparison.add(folder + "/" + name) }
        }
        try comparison.compareAttributes()
    }

    @Test("`* -text` turns line ends off and makes no file binary")
    func catchAll() throws {
        let fixture = try GitFixture()
        try fixture.write(".gitattributes", "* -text\n*.bin -text\n")
        try fixture.write("a/.gitattributes", "** -text\n")
        try fixture.write("b/.gitattributes", "* binary\n")
        try fixture.commit()
        let repository = try Repository(at: fixture.path)
        let rules = try TreeRules(repository: repository, tree: try tree(repository))
        #expect(try !rules.verdict(for: "x.c").isBinary)
        #expect(try rules.verdict(for: "x.bin").isBinary)
        #expect(try !rules.verdict(for: "a/x.c").isBinary)
        #expect(try rules.verdict(for: "b/x.c").isBinary)
    }
}
