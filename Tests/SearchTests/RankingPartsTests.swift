import Git
import Lexing
import Storage
import Testing

@testable import Search

@Suite("The parts of ranking")
struct RankingPartsTests {
    private static func profile(
        _ text: String, counts: [Int]? = nil, total: Int = 1_000
    ) -> QueryProfile {
        let terms = QueryTerms.terms(of: text)
        return QueryProfile(
            ParsedQuery(text), terms: terms,
            statistics: TermStatistics(
                textCount: total, counts: counts ?? terms.map { _ in 10 }))
    }

    @Test("a tsvector is read as it was written")
    func tokenVector() {
        let lexemes = LexemeExtractor().lexemes(of: "alpha beta alpha gammaDelta")
        var bytes: [UInt8] = []
        lexemes.encodeTSVector(into: &bytes)
        var words: [String: [Int]] = [:]
        bytes.withUnsafeBytes { memory in
            TokenVector.forEachWord(in: memory) { start, length, count, offset in
                let word = String(decoding: memory[start..<start + length], as: UTF8.self)
                words[word] = (0..<count).map { TokenVector.place($0, from: offset, in: memory) }
            }
        }
        #expect(words["alpha"] == [1, 3])
        #expect(words["beta"] == [2])
        #expect(words["gammadelta"] == [4])
        #expect(words["delta"] == [5])
    }

    @Test("a broken tsvector ends the reading", arguments: [0, 3, 5, 9, 12])
    func brokenTokenVector(length: Int) {
        var bytes: [UInt8] = []
        LexemeExtractor().lexemes(of: "alpha beta").encodeTSVector(into: &bytes)
        var count = 0
        Array(bytes.prefix(length)).withUnsafeBytes { memory in
            TokenVector.forEachWord(in: memory) { _, _, _, _ in count += 1 }
        }
        #expect(count <= 1)
    }

    @Test(
        "words of one family are near, others are not",
        arguments: [
            ("authentication", "auth", true), ("serializer", "serialization", true),
            ("config", "configuration", true), ("internal", "interface", false),
            ("contents", "context", false), ("form", "from", false),
        ])
    func nearWords(word: String, asked: String, isNear: Bool) {
        let matcher = TermMatcher(Self.profile(asked))
        let match = matcher.match(NameWords(word).parts[0])
        #expect((match != nil) == isNear)
        #expect(match?.isExact != true)
    }

    @Test("an exact word wins over a near one")
    func exactBeforeNear() {
        let profile = Self.profile("serializer serialization")
        let matcher = TermMatcher(profile)
        let match = matcher.match(Array("serialization".utf8))
        #expect(match?.isExact == true)
        #expect(match.map { profile.terms[$0.term].lexeme } == Array("serialization".utf8))
    }

    @Test("a name that is the whole query fits wholly")
    func overlap() {
        let profile = Self.profile("type adapter")
        let matcher = TermMatcher(profile)
        func overlap(_ name: String) -> NameOverlap {
            NameOverlap(NameWords(name), profile: profile, matcher: matcher)
        }
        #expect(overlap("TypeAdapter").fit == 1)
        #expect(overlap("TypeAdapter").isWhole)
        #expect(overlap("type_adapter").isWhole)
        #expect(overlap("TypeAdapterFactory").precision < 1)
        #expect(overlap("TypeAdapterFactory").recall == 1)
        #expect(overlap("Type").recall < 1)
        #expect(overlap("Reader").fit == 0)
    }

    @Test("rare words tell more, and a word that is nowhere is no key")
    func keys() {
        let profile = Self.profile("common rare nowhere", counts: [900, 3, 0, 0, 0])
        #expect(profile.terms[1].rarity > profile.terms[0].rarity)
        #expect(profile.keys(limit: 100).map(\.lexeme) == [profile.terms[1].lexeme])
        #expect(profile.keys(limit: 2_000).count == 2)
    }

    @Test(
        "paths tell what a file is for",
        arguments: [
            ("src/app.py", PathTraits([])), ("tests/test_app.py", .test),
            ("pkg/app_test.go", .test),
            ("src/FooTests.swift", .test), ("web/app.spec.ts", .test),
            ("src/latest.py", PathTraits([])),
            ("src/contest.py", PathTraits([])), ("vendor/x/y.go", .vendored),
            ("a/b.min.js", .generated),
            ("types/x.d.ts", .generated), ("examples/run.py", .example), ("src/mod.rs", .entry),
            ("pkg/__init__.py", .entry), ("benchmarks/run.py", .benchmark),
            ("deps/zlib/zlib.h", .vendored), ("third-party/a.c", .vendored),
            ("x/tests-integration/a.rs", .test), ("core/commonTest/src/a.kt", .test),
            ("Shop.Tests/a.cs", .test), ("src/Latest/a.kt", PathTraits([])),
            ("kotlinx-coroutines-test/src/a.kt", PathTraits([])),
        ])
    func traits(path: String, traits: PathTraits) {
        #expect(PathTraits(GitPath(path), language: "python") == traits, "\(path)")
    }

    @Test("a file with a name that says nothing has that of its folder")
    func stems() {
        func stem(_ path: String) -> [UInt8] { PathWords(GitPath(path)).stem.joined }
        #expect(stem("serde/src/ser/mod.rs") == Array("ser".utf8))
        #expect(stem("src/json/__init__.py") == Array("json".utf8))
        #expect(stem("main.go") == Array("main".utf8))
        #expect(stem("a/client_reqrep.py") == Array("clientreqrep".utf8))
        #expect(stem("a/.eslintrc.json") == Array("eslintrc".utf8))
    }

    @Test("a long chunk is shown by its best lines, or around what was found")
    func snippets() {
        let lines = (1...300).map { $0 == 280 ? "needle here" : "line \($0)" }
        let body = lines.joined(separator: "\n") + "\n"
        let matcher = TermMatcher(Self.profile("needle"))
        let best = Snippet(of: body, startLine: 11, focus: nil, matcher: matcher)
        #expect(best.text.contains("needle"))
        #expect(best.text.split(separator: "\n").count <= SearchLimits.snippetLines)
        #expect(lines[best.startLine - 11] == best.text.split(separator: "\n")[0])
        let focused = Snippet(of: body, startLine: 11, focus: 20, matcher: matcher)
        #expect(focused.startLine <= 20)
        #expect(!focused.text.contains("needle"))
        let short = Snippet(of: "a\nb\n", startLine: 5, focus: nil, matcher: matcher)
        #expect(short.text == "a\nb")
        #expect(short.startLine == 5)
        #expect(short.endLine == 6)
        for shown in [best, focused] {
            let count = shown.text.split(separator: "\n").count
            #expect(shown.endLine - shown.startLine + 1 == count)
        }
        let wide = Array(repeating: String(repeating: "x", count: 999), count: 100)
        let cut = Snippet(of: wide.joined(separator: "\n"), startLine: 1)
        #expect(cut.text.split(separator: "\n").count == cut.endLine)
        #expect(cut.text.utf8.count <= SearchLimits.snippetBytes)
    }

    @Test("a pattern keeps its options and goes by lines")
    func patternOptions() {
        #expect(PatternSearch.byLine("^a") == "(?n)^a")
        #expect(PatternSearch.byLine("(?i)a") == "(?in)a")
        #expect(PatternSearch.byLine("(?:a|b)") == "(?n)(?:a|b)")
        #expect(PatternSearch.byLine("(?=a)b") == "(?n)(?=a)b")
    }

    @Test("logarithms are those of mathematics")
    func logarithms() {
        #expect(abs(1.0.log) < 1e-15)
        #expect(abs(2.0.log - 0.693_147_180_559_945_3) < 1e-14)
        #expect(abs(1_000.0.log - 6.907_755_278_982_137) < 1e-12)
        #expect(abs(0.5.log + 0.693_147_180_559_945_3) < 1e-14)
    }
}
