import Testing

@testable import Chunking

@Suite("Macros of C and its kin are no names")
struct MacroTests {
    private func symbols(_ text: String, _ language: String = "c") throws -> [String] {
        try Grammars.chunk(text, language).symbols.map {
            "\($0.kind.rawValue) \($0.qualifiedName)"
        }
    }

    @Test("a macro on a line of its own hides nothing after it")
    func lines() throws {
        let found = try symbols(
            """
            #ifndef FOO_H
            #define FOO_H
            GIT_BEGIN_DECL

            typedef struct { int a; int b; } foo_options;

            typedef int GIT_CALLBACK(foo_cb)(int x, void *p);

            GIT_EXTERN(int) foo_open(foo_options *options);
            GIT_END_DECL
            #endif

            """)
        #expect(
            found == [
                "type foo_options", "field foo_options.a", "field foo_options.b", "type foo_cb",
                "prototype foo_open",
            ])
    }

    @Test(
        "what is declared is found among macros",
        arguments: [
            (
                "CURL_EXTERN CURLcode curl_easy_perform(CURL *curl);",
                ["prototype curl_easy_perform"]
            ),
            ("UV_EXTERN int uv_run(uv_loop_t*, uv_run_mode mode);", ["prototype uv_run"]),
            ("static int __init foo_init(void)\n{\n\treturn 0;\n}\n", ["function foo_init"]),
            ("static __always_inline void f(void) { }\n", ["function f"]),
            ("asmlinkage long sys_open(const char __user *name);", ["prototype sys_open"]),
            ("BOOL WINAPI DllMain(HINSTANCE h) { return 1; }\n", ["function DllMain"]),
            ("static BOOL open_it(void) { return 1; }\n", ["function open_it"]),
            ("BOOL\nopen_it(void)\n{\n  return 1;\n}\n", ["function open_it"]),
            ("__owur int SSL_accept(SSL *ssl);", ["prototype SSL_accept"]),
            ("OSSL_DEPRECATEDIN_3_0 RSA *RSA_new(void);", ["prototype RSA_new"]),
            ("OSSL_DEPRECATED(3.0) int RSA_up(RSA *r);", ["prototype RSA_up"]),
            ("ZEXTERN uLong ZEXPORT adler32 OF((uLong adler, int n));", ["prototype adler32"]),
            (
                "uLong ZEXPORT adler32(adler, n)\n    uLong adler;\n    int n;\n{\n return 1;\n}\n",
                ["function adler32"]
            ),
            ("int log_it(const char *f, ...) FORMAT_PRINTF(1, 2);", ["prototype log_it"]),
            ("struct PACKED head { int a; };", ["struct head", "field head.a"]),
            (
                "struct s { int GIT_CALLBACK(run)(int x); };",
                ["struct s", "field s.run"]
            ),
            ("struct FOO bar;", ["variable bar"]),
            ("int FOO = 3;", ["variable FOO"]),
            ("enum {\n  ONLY\n};", ["case ONLY"]),
            ("typedef unsigned int WORD_T;", ["type WORD_T"]),
            ("typedef struct { int a; } PACKED_T;", ["type PACKED_T", "field PACKED_T.a"]),
        ])
    func declarations(text: String, expected: [String]) throws {
        #expect(try symbols(text) == expected)
    }

    @Test(
        "C++ classes are found behind the macro that exports them",
        arguments: [
            ("class LEVELDB_EXPORT DB {\n public:\n  int x;\n};\n", ["class DB", "field DB.x"]),
            (
                "class API(2) Foo final : public Bar {\n  int x;\n};\n",
                ["class Foo", "field Foo.x"]
            ),
            ("class Foo {\n  Q_OBJECT\n public:\n  int x;\n};\n", ["class Foo", "field Foo.x"]),
            ("BASE_EXPORT std::string Name();\n", ["prototype Name"]),
            (
                "template <typename T>\nABSL_MUST T Get(int i) { return T(); }\n", ["function Get"]
            ),
            ("enum class API Color { Red };\n", ["enum Color", "case Color.Red"]),
        ])
    func classes(text: String, expected: [String]) throws {
        #expect(try symbols(text, "cpp") == expected)
    }

    @Test("words of the language are never names, whatever the parser makes of a text")
    func keywords() throws {
        let found = try Grammars.chunk(
            "FOO(\nint a;\ntypedef int if;\nvoid f( { if x else\n#endif\nint int;\nvoid g(void) {}\n",
            "c"
        ).symbols.map(\.name)
        #expect(Set(found).isDisjoint(with: ["if", "int", "void", "typedef", "else"]))
    }

    @Test("blanks change neither the length nor the lines, and strings and comments stay")
    func sameBytes() throws {
        let text = Array(
            """
            /* GIT_BEGIN_DECL */
            GIT_BEGIN_DECL
            #define CALL(x) \\
                GIT_BEGIN_DECL
            const char *s = "a GIT_EXTERN b", *r = R"x(
            GIT_BEGIN_DECL
            )x";
            API int f(void);
            """.utf8)
        let readable = try #require(
            text.withUnsafeBytes { MacroBlanker.readable($0, language: "cpp") })
        #expect(readable.count == text.count)
        let changed = zip(text, readable).enumerated().filter { $1.0 != $1.1 }.map { $1.0 }
        #expect(String(decoding: changed, as: UTF8.self) == "GIT_BEGIN_DECLAPI")
        #expect(text.withUnsafeBytes { MacroBlanker.readable($0, language: "java") } == nil)
    }

    @Test(
        "texts without sense are read to their end",
        arguments: [
            "((((((", "}}}}", "FOO(", "FOO((", "A B(C(D", "struct FOO", "\"", "R\"(", "/*",
            "#define A \\",
            "FOO BAR\n}", "class FOO BAR", "typedef int CB(x)(", "x OF((", ") FOO;", "'", "\\",
        ])
    func hostile(text: String) throws {
        let bytes = Array(text.utf8)
        #expect(ChunkInvariants.broken(try Grammars.chunk(bytes, "cpp"), bytes).isEmpty)
    }
}
