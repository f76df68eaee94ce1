/// Elixir, Erlang, Haskell, OCaml, Julia, the Lisps, Nix.
extension LanguageRules {
    static let elixir = LanguageRules(
        definitions: ["call": DefinitionRule(.function, .elixirCall)],
        localScopes: ["anonymous_function"],
        leading: ["comment"],
        leadingWords: [
            "unary_operator": ["@doc", "@spec", "@impl", "@typedoc", "@deprecated", "@since"]
        ],
        mergesClauses: true)

    static let erlang = LanguageRules(
        definitions: [
            "module_attribute": DefinitionRule(.module),
            "fun_decl": DefinitionRule(.function, .path(["function_clause", "name"])),
            "record_decl": DefinitionRule(.record),
            "type_alias": DefinitionRule(.type, .path(["type_name", "name"])),
            "opaque": DefinitionRule(.type, .path(["type_name", "name"])),
            "pp_define": DefinitionRule(.macro, .path(["macro_lhs", "name"])),
        ],
        leading: ["comment", "spec"], mergesClauses: true)

    static let haskell = LanguageRules(
        definitions: [
            "header": DefinitionRule(.module, .field("module")),
            "data_type": DefinitionRule(.type),
            "newtype": DefinitionRule(.type),
            "type_synomym": DefinitionRule(.type),
            "type_family": DefinitionRule(.type),
            "class": DefinitionRule(.class),
            "instance": DefinitionRule(.extension),
            "signature": DefinitionRule(.function, requires: "name"),
            "function": DefinitionRule(.function, requires: "match"),
            "bind": DefinitionRule(.function, nameKinds: ["variable"]),
        ],
        localScopes: ["local_binds", "let_in", "let", "lambda", "do"],
        leading: ["comment", "haddock", "pragma"], mergesClauses: true)

    static let ocaml = LanguageRules(
        definitions: [
            "let_binding": DefinitionRule(
                .constant, .field("pattern"), nameKinds: ["value_name", "parenthesized_operator"],
                refined: ["parameter": .function]),
            "type_binding": DefinitionRule(.type),
            "exception_definition": DefinitionRule(
                .type, .path(["constructor_declaration", "constructor_name"])),
            "module_binding": DefinitionRule(.module, .path(["module_name"])),
            "module_type_definition": DefinitionRule(.interface, .path(["module_type_name"])),
            "class_binding": DefinitionRule(.class, .path(["class_name"])),
            "method_definition": DefinitionRule(.method, .path(["method_name"])),
            "value_specification": DefinitionRule(.prototype, .path(["value_name"])),
            "external": DefinitionRule(.function, .path(["value_name"])),
        ],
        localScopes: ["fun_expression", "let_expression"], leading: ["comment"])

    static let julia = LanguageRules(
        definitions: [
            "module_definition": DefinitionRule(.module),
            "struct_definition": DefinitionRule(.struct, .juliaSignature),
            "abstract_definition": DefinitionRule(.type, .juliaSignature),
            "primitive_definition": DefinitionRule(.type, .juliaSignature),
            "function_definition": DefinitionRule(.function, .juliaSignature),
            "macro_definition": DefinitionRule(.macro, .juliaSignature),
            "assignment": DefinitionRule(.variable, .juliaSignature),
        ],
        localScopes: ["arrow_function_expression", "do_clause", "let_statement"],
        leading: ["line_comment", "block_comment"])

    static let clojure = LanguageRules(
        definitions: ["list_lit": DefinitionRule(.function, .lispList)], leading: ["comment"])

    static let scheme = LanguageRules(
        definitions: ["list": DefinitionRule(.function, .lispList)],
        leading: ["comment", "block_comment"])

    static let nix = LanguageRules(
        definitions: ["binding": DefinitionRule(.function, .nixBinding)], leading: ["comment"])
}
