import Testing

@testable import Chunking

@Suite("Names say what they belong to")
struct QualifiedNameTests {
    private func names(_ text: String, _ language: String) throws -> [String] {
        try Grammars.chunk(text, language).symbols.map(\.qualifiedName)
    }

    @Test("a namespace without braces holds what comes after it, up to the next")
    func openNamespaces() throws {
        let php = "<?php\nnamespace N\\M;\nclass P { function q() {} }\nfunction f() {}\n"
        #expect(try names(php, "php") == ["N.M.P", "N.M.P.q", "N.M.f"])
        #expect(
            try names(php + "namespace O;\nclass R {}\n", "php")
                == ["N.M.P", "N.M.P.q", "N.M.f", "O.R"])
        let csharp = "namespace N.M;\nclass P { void Q() {} }\n"
        #expect(try names(csharp, "csharp") == ["N.M.P", "N.M.P.Q"])
    }

    @Test("a namespace with braces holds what is between them")
    func closedNamespaces() throws {
        let csharp = "namespace N.M { namespace O { class P { void Q() {} } } class B {} }\n"
        #expect(try names(csharp, "csharp") == ["N.M.O.P", "N.M.O.P.Q", "N.M.B"])
        let php = "<?php\nnamespace A { class B {} }\nnamespace { class C {} }\n"
        #expect(try names(php, "php") == ["A.B", "C"])
    }

    @Test("what Kotlin adds to a type carries the type's name")
    func receivers() throws {
        let text = """
            fun String.ext(): Int = 1
            fun <T> Flow<T>.launchIn(s: Scope): Job = s.launch { }
            fun String?.n() = 1
            fun plain(): String = ""
            val List<Int>.size2: Int get() = 1

            """
        #expect(
            try names(text, "kotlin")
                == ["String.ext", "Flow.launchIn", "String.n", "plain", "List.size2"])
    }

    @Test("Python's overloads only declare; the function after them is the definition")
    func overloads() throws {
        let text = try Grammars.chunk(
            """
            import typing as t

            @t.overload
            def f(x: int) -> int: ...
            @t.overload
            def f(x: str) -> str: ...
            def f(x):
                return x

            """, "python")
        #expect(text.symbols.map(\.kind) == [.prototype, .prototype, .function])
    }
}
