import Git
import GitdexTesting
import Testing

@Suite("Ignore rules")
struct IgnoreRuleTests {
    private static let paths = [
        "a", "a.log", "keep.log", "b/a.log", "build/out.txt", "src/build/out.txt", "src/build.txt",
        "src/main.c", "src/lib/deep/main.c", "docs/a.md", "docs/x/y/a.md", "x/docs/a.md", "#hash",
        "!bang", "space ", "space", "a b.txt", "back\\slash", "[ab]", "q?", "foo/bar/baz",
        "foo/baz",
        "foo/x/y/baz", "vendor/keep/me.go", "vendor/drop/me.go", "Case.TXT", "case.txt", "tail\r",
        ".hidden", "dir.d/file", "z/dir.d/file", "é.txt", "node_modules/m/index.js",
    ]

    private static let tables = [
        "*.log\n!keep.log\n", "build\n", "build/\n", "/build/\n", "build/*\n!build/out.txt\n",
        "src/build\n", "/src\n!/src/main.c\n", "docs/**\n", "**/docs\n", "docs/**/a.md\n",
        "**/a.md\n", "\\#hash\n#hash\n", "\\!bang\n", "space \n", "space\\ \n", "a b.txt   \n",
        "back\\\\slash\n", "\\[ab\\]\n", "[ab]\n", "[!a]\n", "q\\?\n", "foo/*\n!foo/baz\n",
        "foo/**/baz\n", "foo/*/baz\n", "vendor/*\n!vendor/keep\n", "vendor/\n!vendor/keep/\n",
        "*\n!*/\n!*.c\n", "*.TXT\n", "case.txt\r\n*.md\r\n", "\u{FEFF}*.log\n", "tail\r",
        "/*\n",
        "/**\n", "**\n", "***\n", "a**\n", "**a\n", ".*\n", "dir.d\n", "dir.d/**\n", "é*\n",
        "?.txt\n", "[[:alpha:]]\n", "[[:bogus:]]\n", "[a\n", "\\\n", "/\n", "!\n", "\n\n  \n",
        "node_modules\n!node_modules/m/\n", "foo//baz\n", "//a\n", "a/\n", "src/*.c\n",
        "s*c/m*n.c\n", "[s-u]rc/main.c\n", "src[/]main.c\n", "src?main.c\n", "a.log\0b\n*.md\n",
        "f\\oo/\n", "*/\n!src/\n", "**/deep/**\n", "src/**/**/main.c\n", "*a*.l*g\n",
    ]

    @Test("ignore exactly what git would")
    func table() throws {
        var comparison = try RuleComparison()
        for (index, rules) in Self.tables.enumerated() {
            let folder = "t\(index)"
            try comparison.write(rules: Array(rules.utf8), named: ".gitdexignore", in: folder)
            for path in Self.paths { comparison.add(folder + "/" + path) }
        }
        try comparison.compareIgnored()
    }

    @Test("a file deeper down has the last word, but not inside an ignored folder")
    func nested() throws {
        var comparison = try RuleComparison()
        let files = [
            ("", "*.log\nout\n/top\n!deep.txt\n"), ("a", "!*.log\n*.txt\n"),
            ("a/b", "*.log\n!b.txt\n/here\n"), ("out", "!*\n"), ("a/out", "!kept\n"),
        ]
        for (folder, rules) in files {
            try comparison.write(rules: Array(rules.utf8), named: ".gitdexignore", in: folder)
        }
        for folder in ["", "a/", "a/b/", "a/b/c/", "out/", "a/out/"] {
            for name in ["x.log", "x.txt", "b.txt", "deep.txt", "here", "top", "kept"] {
                comparison.add(folder + name)
            }
        }
        try comparison.compareIgnored()
    }

    @Test("agree with git on thousands of random rules and paths", arguments: [1, 2, 3])
    func random(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var comparison = try RuleComparison()
        let names = Set((0..<30).map { _ in generator.path() }).sorted()
        for index in 0..<120 {
            let folder = "t\(index)"
            let lines = (0..<Int.random(in: 1...4, using: &generator)).map { _ in
                let isNegated = Int.random(in: 0..<4, using: &generator) == 0
                return (isNegated ? "!" : "") + generator.pattern() + "\n"
            }
            try comparison.write(
                rules: Array(lines.joined().utf8), named: ".gitdexignore", in: folder)
            for name in names { comparison.add(folder + "/" + name) }
        }
        try comparison.compareIgnored()
    }

    @Test("come from the tree alone, never from the working directory or a link")
    func treeOnly() throws {
        let fixture = try GitFixture()
        try fixture.write("a.log", "")
        try fixture.write(".gitignore", "*.txt\n")
        try fixture.commit()
        try fixture.write(".gitdexignore", "*.log\n")
        try fixture.write("rules", "*\n")
        let repository = try Repository(at: fixture.path)
        let before = try TreeRules(repository: repository, tree: try tree(repository))
        #expect(try before.verdict(for: "a.log") == TreeRules.Verdict())
        #expect(try before.verdict(for: "a.txt") == TreeRules.Verdict())
        try fixture.commit()
        let after = try TreeRules(repository: repository, tree: try tree(repository))
        #expect(try after.verdict(for: "a.log").isIgnored)
        try fixture.remove(".gitdexignore")
        try fixture.link(".gitdexignore", to: "rules")
        try fixture.commit()
        let linked = try TreeRules(repository: repository, tree: try tree(repository))
        #expect(try !linked.verdict(for: "a.log").isIgnored)
        let empty = try TreeRules(repository: repository, tree: nil)
        #expect(try empty.verdict(for: "a/b.log") == TreeRules.Verdict())
    }

    @Test("give the same verdicts in any order of asking")
    func anyOrder() throws {
        let fixture = try GitFixture()
        for folder in ["", "a/", "a/b/", "ab/", "c/"] {
            try fixture.write(
                folder + ".gitdexignore", "*.\(folder.isEmpty ? "x" : folder.prefix(1))\n")
        }
        try fixture.commit()
        let repository = try Repository(at: fixture.path)
        let top = try tree(repository)
        var paths: [GitPath] = []
        for folder in ["", "a/", "a/b/", "a/b/c/", "ab/", "c/d/"] {
            for end in ["x", "a", "c"] { paths.append(GitPath(folder + "f." + end)) }
        }
        let rules = try TreeRules(repository: repository, tree: top)
        var generator = SeededGenerator(seed: 7)
        for path in (paths + paths + paths).shuffled(using: &generator) {
            let fresh = try TreeRules(repository: repository, tree: top)
            #expect(try rules.verdict(for: path) == (try fresh.verdict(for: path)), "\(path)")
        }
        #expect(TreeRules.isRuleFile("a/.gitdexignore") && TreeRules.isRuleFile(".gitattributes"))
        #expect(!TreeRules.isRuleFile("a/.gitignore"))
    }
}
