import Testing

/// A small text in one language with the definitions that must be found in it.
struct LanguageSample: CustomTestStringConvertible, Sendable {
    let fileName: String
    let language: String
    /// Each as kind, qualified name and lines, in order.
    let symbols: [String]
    let text: String

    var bytes: [UInt8] { Array(text.utf8) }
    var testDescription: String { language }

    static let all: [LanguageSample] = [
        .python, .javascript, .typescript, .tsx, .ruby, .php, .bash, .lua, .perl, .powershell,
        .vim, .r, .starlark, .c, .cpp, .objc, .go, .rust, .swiftLanguage, .zig, .fortran, .java,
        .csharp, .kotlin, .scala, .groovy, .dart, .solidity, .elixir, .haskell, .erlang, .ocaml,
        .julia, .clojure, .scheme, .nix, .sql, .hcl, .proto, .graphql, .make, .cmake,
        .dockerfile, .latex, .just,
    ]
}
