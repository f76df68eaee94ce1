/// Which names, extensions and interpreters belong to which language.
enum LanguageNames {
    /// Languages by a file's whole name in lower case.
    static let byFileName = inverted(fileNames)

    /// Languages by extension in lower case, without the dot.
    static let byExtension = inverted(extensions)

    /// Languages by the program a `#!` line names, without its version.
    static let byInterpreter = inverted(interpreters)

    /// Extensions that more than one language uses.
    static let ambiguous: [String: AmbiguousLanguage] = [
        "h": AmbiguousLanguage(
            usual: "c",
            marks: [
                ("class ", "cpp"), ("namespace ", "cpp"), ("template<", "cpp"),
                ("template <", "cpp"), ("using ", "cpp"), ("public:", "cpp"),
                ("private:", "cpp"), ("protected:", "cpp"), ("constexpr ", "cpp"),
                ("inline namespace ", "cpp"), ("virtual ", "cpp"), ("enum class ", "cpp"),
                ("@interface", "objc"), ("@protocol", "objc"), ("@class", "objc"),
                ("#import ", "objc"),
            ]),
        "m": AmbiguousLanguage(
            usual: "objc",
            marks: [("function ", "matlab"), ("function[", "matlab"), ("%", "matlab")]),
        "pl": AmbiguousLanguage(
            usual: "perl", marks: [(":- ", "prolog"), (":-module", "prolog"), ("%%", "prolog")]),
        "v": AmbiguousLanguage(
            usual: "verilog",
            marks: [
                ("Require ", "coq"), ("Theorem ", "coq"), ("Lemma ", "coq"),
                ("Definition ", "coq"), ("Inductive ", "coq"), ("From ", "coq"), ("fn ", "v"),
                ("pub fn ", "v"),
            ]),
        "cls": AmbiguousLanguage(
            usual: "latex",
            marks: [
                ("public ", "apex"), ("global ", "apex"), ("private ", "apex"),
                ("VERSION ", "visualbasic"),
            ]),
        "inc": AmbiguousLanguage(
            usual: "text",
            marks: [
                ("<?php", "php"), ("#include", "cpp"), ("#define", "cpp"), ("#if", "cpp"),
                ("//", "cpp"),
            ]),
        "tag": AmbiguousLanguage(usual: "jsp", marks: []),
    ]

    private static func inverted(_ table: [String: String]) -> [String: String] {
        var result: [String: String] = [:]
        for (language, names) in table {
            for name in names.split(separator: " ") { result[String(name)] = language }
        }
        return result
    }
}
