import Foundation
import Syntax
import Testing

@Suite("Grammars are loaded on demand")
struct GrammarLibraryTests {
    @Test("every grammar of the manifest loads and parses")
    func all() throws {
        let library = try Grammars.library()
        #expect(library.languages.count >= 70)
        let parser = SyntaxParser()
        let text = Array("x = 1\n".utf8)
        for language in library.languages {
            let grammar = try #require(try library.grammar(for: language))
            #expect(grammar.kindCount > 0 && grammar.name == language)
            let end = try text.withUnsafeBytes { bytes in
                try parser.withTree(
                    of: bytes, grammar: grammar, budget: ParseBudget(steps: 10_000)
                ) { $0.endByte }
            }
            #expect(end <= text.count, "\(language)")
        }
    }

    @Test("a language without a grammar is none")
    func unknown() throws {
        let library = try Grammars.library()
        #expect(try library.grammar(for: "unheard-of") == nil)
        #expect(!library.contains("unheard-of") && library.contains("python"))
    }

    @Test("a missing folder says what to do")
    func missing() throws {
        let error = #expect(throws: SyntaxError.self) { try GrammarLibrary(directory: "/nowhere") }
        #expect(error?.code == .grammarsMissing)
        #expect(error?.description.contains("scripts/setup-grammars") == true)
    }

    @Test(
        "a manifest that is not one is refused",
        arguments: ["", "{", "[]", #"{"languages":{"a":{"file":"../a.so","symbol":"a"}}}"#])
    func malformed(_ manifest: String) throws {
        let folder = try Folder(["manifest.json": manifest])
        let error = #expect(throws: SyntaxError.self) { try GrammarLibrary(directory: folder.path) }
        #expect(error?.code == .manifestMalformed)
    }

    @Test("a library that is missing or broken is an error each time, not a crash")
    func broken() throws {
        let folder = try Folder([
            "manifest.json": """
            {"languages":{"a":{"file":"a.so","symbol":"a"},"b":{"file":"b.so","symbol":"b"}}}
            """,
            "b.so": "not a library",
        ])
        let library = try GrammarLibrary(directory: folder.path)
        for language in ["a", "b", "a"] {
            let error = #expect(throws: SyntaxError.self) { try library.grammar(for: language) }
            #expect(error?.code == .grammarUnloadable)
        }
    }

    @Test("many threads may ask for grammars at once")
    func threads() async throws {
        let library = try Grammars.library()
        try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<64 {
                let language = library.languages[number % library.languages.count]
                group.addTask { try library.grammar(for: language)?.kindCount ?? 0 }
            }
            for try await count in group { #expect(count > 0) }
        }
    }
}

/// A folder with some files, gone at the end.
private final class Folder {
    let path: String

    init(_ files: [String: String]) throws {
        path = NSTemporaryDirectory() + "/grammars-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        for (name, text) in files {
            try Data(text.utf8).write(to: URL(fileURLWithPath: path + "/" + name))
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
