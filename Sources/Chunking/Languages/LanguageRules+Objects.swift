/// Java, C#, Kotlin, Scala, Groovy, Dart, Solidity.
extension LanguageRules {
    static let java = LanguageRules(
        definitions: [
            "class_declaration": DefinitionRule(.class),
            "interface_declaration": DefinitionRule(.interface),
            "enum_declaration": DefinitionRule(.enum),
            "record_declaration": DefinitionRule(.record),
            "annotation_type_declaration": DefinitionRule(.interface),
            "annotation_type_element_declaration": DefinitionRule(.method),
            "method_declaration": DefinitionRule(.method),
            "constructor_declaration": DefinitionRule(.constructor),
            "compact_constructor_declaration": DefinitionRule(.constructor),
            "enum_constant": DefinitionRule(.case),
            "variable_declarator": DefinitionRule(.field),
        ],
        localScopes: ["lambda_expression", "static_initializer"],
        leading: ["line_comment", "block_comment"])

    static let csharp = LanguageRules(
        definitions: [
            "class_declaration": DefinitionRule(.class),
            "struct_declaration": DefinitionRule(.struct),
            "interface_declaration": DefinitionRule(.interface),
            "enum_declaration": DefinitionRule(.enum),
            "enum_member_declaration": DefinitionRule(.case),
            "record_declaration": DefinitionRule(.record),
            "delegate_declaration": DefinitionRule(.type),
            "method_declaration": DefinitionRule(.method),
            "constructor_declaration": DefinitionRule(.constructor),
            "destructor_declaration": DefinitionRule(.method),
            "operator_declaration": DefinitionRule(.method, .after("operator")),
            "local_function_statement": DefinitionRule(.function),
            "property_declaration": DefinitionRule(.property),
            "indexer_declaration": DefinitionRule(.property, .fixed("this")),
            "event_declaration": DefinitionRule(.event),
            "variable_declarator": DefinitionRule(.field),
        ],
        localScopes: ["lambda_expression", "anonymous_method_expression", "global_statement"],
        namespaces: ["namespace_declaration", "file_scoped_namespace_declaration"],
        leading: ["comment", "attribute_list"])

    static let kotlin = LanguageRules(
        definitions: [
            "class_declaration": DefinitionRule(
                .class, refined: ["interface": .interface, "enum_class_body": .enum]),
            "object_declaration": DefinitionRule(.object),
            "companion_object": DefinitionRule(.object, .path(["identifier"])),
            "function_declaration": DefinitionRule(.function, .receiver(.field("name"))),
            "secondary_constructor": DefinitionRule(.constructor, .fixed("constructor")),
            "property_declaration": DefinitionRule(
                .property, .receiver(.path(["variable_declaration", "identifier"]))),
            "enum_entry": DefinitionRule(.case, .path(["identifier"])),
            "type_alias": DefinitionRule(.type, .field("type")),
        ],
        localScopes: ["lambda_literal", "anonymous_function", "anonymous_initializer"],
        leading: ["line_comment", "block_comment", "annotation"])

    static let scala = LanguageRules(
        definitions: [
            "class_definition": DefinitionRule(.class),
            "object_definition": DefinitionRule(.object),
            "package_object": DefinitionRule(.object),
            "trait_definition": DefinitionRule(.trait),
            "enum_definition": DefinitionRule(.enum),
            "simple_enum_case": DefinitionRule(.case, .path(["identifier"])),
            "full_enum_case": DefinitionRule(.case, .path(["identifier"])),
            "function_definition": DefinitionRule(.function),
            "function_declaration": DefinitionRule(.function),
            "given_definition": DefinitionRule(.constant),
            "type_definition": DefinitionRule(.type),
            "val_definition": DefinitionRule(
                .constant, .field("pattern"), nameKinds: ["identifier"]),
            "var_definition": DefinitionRule(
                .variable, .field("pattern"), nameKinds: ["identifier"]),
            "val_declaration": DefinitionRule(.constant),
            "var_declaration": DefinitionRule(.variable),
        ],
        localScopes: ["lambda_expression"], leading: ["comment", "block_comment", "annotation"])

    static let groovy = LanguageRules(
        definitions: [
            "class_definition": DefinitionRule(
                .class, refined: ["interface": .interface]),
            "function_definition": DefinitionRule(.function, .field("function")),
            "function_declaration": DefinitionRule(.function, .field("function")),
            "declaration": DefinitionRule(.variable, nameKinds: ["identifier"]),
        ],
        leading: ["comment", "groovy_doc", "annotation"])

    static let dart = LanguageRules(
        definitions: [
            "class_definition": DefinitionRule(.class),
            "mixin_declaration": DefinitionRule(.trait, .path(["identifier"])),
            "extension_declaration": DefinitionRule(.extension),
            "enum_declaration": DefinitionRule(.enum),
            "enum_constant": DefinitionRule(.case),
            "type_alias": DefinitionRule(.type, .path(["type_identifier"])),
            "function_signature": DefinitionRule(.function, tail: "function_body"),
            "getter_signature": DefinitionRule(.property, tail: "function_body"),
            "setter_signature": DefinitionRule(.property, tail: "function_body"),
            "constructor_signature": DefinitionRule(.constructor, tail: "function_body"),
            "factory_constructor_signature": DefinitionRule(
                .constructor, .path(["identifier"]), tail: "function_body"),
            "initialized_identifier": DefinitionRule(.field, .path(["identifier"])),
            "static_final_declaration": DefinitionRule(.constant, .path(["identifier"])),
        ],
        localScopes: ["function_body", "function_expression_body"],
        leading: ["comment", "documentation_comment", "annotation"])

    static let solidity = LanguageRules(
        definitions: [
            "contract_declaration": DefinitionRule(.class),
            "interface_declaration": DefinitionRule(.interface),
            "library_declaration": DefinitionRule(.module),
            "struct_declaration": DefinitionRule(.struct),
            "enum_declaration": DefinitionRule(.enum),
            "function_definition": DefinitionRule(.function),
            "constructor_definition": DefinitionRule(.constructor, .fixed("constructor")),
            "modifier_definition": DefinitionRule(.function),
            "event_definition": DefinitionRule(.event),
            "error_declaration": DefinitionRule(.type),
            "state_variable_declaration": DefinitionRule(.field),
        ],
        leading: ["comment"])
}
