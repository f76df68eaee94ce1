/// C and its kin, Go, Rust, Swift, Zig, Fortran.
extension LanguageRules {
    private static let cDefinitions: [String: DefinitionRule] = [
        "function_definition": DefinitionRule(.function, .declarator),
        "declaration": DefinitionRule(.variable, .declarations),
        "field_declaration": DefinitionRule(.field, .declarations),
        "type_definition": DefinitionRule(.type, .declarator),
        "struct_specifier": DefinitionRule(.struct, requires: "body"),
        "union_specifier": DefinitionRule(.union, requires: "body"),
        "enum_specifier": DefinitionRule(.enum, requires: "body"),
        "enumerator": DefinitionRule(.case),
        "preproc_def": DefinitionRule(.macro, requires: "value"),
        "preproc_function_def": DefinitionRule(.macro),
    ]

    static let c = LanguageRules(definitions: cDefinitions, leading: ["comment"])

    static let cpp = LanguageRules(
        definitions: cDefinitions.merging([
            "class_specifier": DefinitionRule(.class, requires: "body"),
            "namespace_definition": DefinitionRule(.namespace),
            "alias_declaration": DefinitionRule(.type),
            "concept_definition": DefinitionRule(.type),
        ]) { $1 },
        localScopes: ["lambda_expression"], leading: ["comment", "access_specifier"])

    static let objc = LanguageRules(
        definitions: cDefinitions.merging([
            "class_interface": DefinitionRule(.class, .path(["identifier"])),
            "class_implementation": DefinitionRule(.extension, .path(["identifier"])),
            "protocol_declaration": DefinitionRule(.protocol, .path(["identifier"])),
            "method_declaration": DefinitionRule(.prototype, .path(["identifier"])),
            "method_definition": DefinitionRule(.method, .path(["identifier"])),
        ]) { $1 },
        localScopes: ["block_literal"], leading: ["comment"])

    static let go = LanguageRules(
        definitions: [
            "function_declaration": DefinitionRule(.function),
            "method_declaration": DefinitionRule(.method, .goMethod),
            "method_elem": DefinitionRule(.method),
            "type_spec": DefinitionRule(
                .type, refined: ["struct_type": .struct, "interface_type": .interface]),
            "type_alias": DefinitionRule(.type),
            "field_declaration": DefinitionRule(.field, .fields("name")),
            "const_spec": DefinitionRule(.constant, .fields("name")),
            "var_spec": DefinitionRule(.variable, .fields("name")),
        ],
        localScopes: ["func_literal"], leading: ["comment"])

    static let rust = LanguageRules(
        definitions: [
            "function_item": DefinitionRule(.function),
            "function_signature_item": DefinitionRule(.function),
            "struct_item": DefinitionRule(.struct),
            "union_item": DefinitionRule(.union),
            "enum_item": DefinitionRule(.enum),
            "enum_variant": DefinitionRule(.case),
            "trait_item": DefinitionRule(.trait),
            "impl_item": DefinitionRule(.extension, .field("type")),
            "mod_item": DefinitionRule(.module, requires: "body"),
            "const_item": DefinitionRule(.constant),
            "static_item": DefinitionRule(.variable),
            "field_declaration": DefinitionRule(.field),
            "type_item": DefinitionRule(.type),
            "associated_type": DefinitionRule(.type),
            "macro_definition": DefinitionRule(.macro),
        ],
        localScopes: ["closure_expression"],
        leading: ["line_comment", "block_comment", "attribute_item"])

    static let swift = LanguageRules(
        definitions: [
            "class_declaration": DefinitionRule(
                .class, refined: ["struct": .struct, "enum": .enum, "extension": .extension]),
            "protocol_declaration": DefinitionRule(.protocol),
            "function_declaration": DefinitionRule(.function, .after("func")),
            "protocol_function_declaration": DefinitionRule(.method, .after("func")),
            "init_declaration": DefinitionRule(.constructor, .fixed("init")),
            "deinit_declaration": DefinitionRule(.method, .fixed("deinit")),
            "subscript_declaration": DefinitionRule(.method, .fixed("subscript")),
            "property_declaration": DefinitionRule(.property),
            "protocol_property_declaration": DefinitionRule(
                .property, .path(["pattern", "simple_identifier"])),
            "enum_entry": DefinitionRule(.case, .fields("name")),
            "typealias_declaration": DefinitionRule(.type),
            "associatedtype_declaration": DefinitionRule(.type),
            "macro_declaration": DefinitionRule(.macro, .path(["simple_identifier"])),
        ],
        localScopes: ["lambda_literal"], leading: ["comment", "multiline_comment"])

    static let zig = LanguageRules(
        definitions: [
            "function_declaration": DefinitionRule(.function),
            "variable_declaration": DefinitionRule(
                .constant, .path(["identifier"]),
                refined: [
                    "struct_declaration": .struct, "enum_declaration": .enum,
                    "union_declaration": .union, "opaque_declaration": .type,
                    "error_set_declaration": .enum,
                ]),
            "container_field": DefinitionRule(.field),
            "test_declaration": DefinitionRule(.function, .path(["string"])),
        ],
        leading: ["comment"])

    static let fortran = LanguageRules(
        definitions: [
            "module": DefinitionRule(.module, .path(["module_statement", "name"])),
            "submodule": DefinitionRule(.module, .path(["submodule_statement", "name"])),
            "program": DefinitionRule(.module, .path(["program_statement", "name"])),
            "subroutine": DefinitionRule(.function, .path(["subroutine_statement", "name"])),
            "function": DefinitionRule(.function, .path(["function_statement", "name"])),
            "derived_type_definition": DefinitionRule(
                .type, .path(["derived_type_statement", "type_name"])),
        ],
        leading: ["comment"])
}
