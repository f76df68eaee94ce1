/// What chunking must know about one language's grammar.
struct LanguageRules: Sendable {
    /// The kinds of node that define something.
    var definitions: [String: DefinitionRule] = [:]

    /// Nodes that make the variables inside them local without defining anything, as lambdas do.
    var localScopes: [String] = []

    /// Nodes whose name is a part of the names inside them, or after them where they have no body.
    var namespaces: [String] = []

    /// Nodes that describe what follows them: comments, attributes, labels.
    var leading: [String] = []

    /// Nodes that do so only when they start with one of some words.
    var leadingWords: [String: [String]] = [:]

    /// Whether neighbours of one name are clauses of one definition.
    var mergesClauses = false

    /// Rules for a language that needs none: only the tree's shape is used.
    static let none = LanguageRules()

    /// The rules of a language by its name.
    static func rules(for language: String) -> LanguageRules { table[language] ?? none }

    /// Whether a language is for programs, so that keywords at line starts mean something.
    static func isCode(_ language: String) -> Bool {
        table[language] != nil && !notForPrograms.contains(language)
            || programsWithoutGrammar.contains(language)
    }

    private static let notForPrograms: Set<String> = [
        "sql", "hcl", "make", "cmake", "dockerfile", "latex", "just", "c", "clojure", "scheme",
        "racket", "haskell", "ocaml", "nix",
    ]

    private static let programsWithoutGrammar: Set<String> = [
        "visualbasic", "coffeescript", "tcl", "cuda", "pascal", "ada", "d", "nim", "crystal",
        "gleam", "v", "verilog", "apex", "fish", "nushell", "gdscript", "raku", "hack",
        "ballerina", "mojo", "move", "cairo", "vyper", "matlab", "fsharp", "jsp",
    ]

    private static let table: [String: LanguageRules] = [
        "python": python, "starlark": starlark,
        "javascript": javascript, "typescript": typescript, "tsx": typescript,
        "go": go, "rust": rust, "java": java, "c": c, "cpp": cpp, "objc": objc,
        "csharp": csharp, "ruby": ruby, "php": php, "php_only": php, "swift": swift,
        "kotlin": kotlin, "scala": scala, "bash": bash, "lua": lua, "elixir": elixir,
        "haskell": haskell, "groovy": groovy, "zig": zig, "dart": dart, "julia": julia,
        "ocaml": ocaml, "perl": perl, "r": r, "erlang": erlang, "clojure": clojure,
        "scheme": scheme, "racket": scheme, "powershell": powershell, "solidity": solidity,
        "fortran": fortran, "vim": vim, "nix": nix, "sql": sql, "hcl": hcl, "proto": proto,
        "graphql": graphql, "make": make, "cmake": cmake, "dockerfile": dockerfile,
        "latex": latex, "just": just,
    ]
}
