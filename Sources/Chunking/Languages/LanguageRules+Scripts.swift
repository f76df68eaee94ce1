/// Python, JavaScript and its kin, Ruby, PHP, Lua, Perl, shells.
extension LanguageRules {
    static let python = LanguageRules(
        definitions: [
            "class_definition": DefinitionRule(.class),
            "function_definition": DefinitionRule(.function, .pythonFunction),
            "assignment": DefinitionRule(.variable, .pythonAssignment),
            "type_alias_statement": DefinitionRule(.type, .field("left")),
        ],
        localScopes: ["lambda"], leading: ["comment", "decorator"])

    static let starlark = LanguageRules(
        definitions: [
            "function_definition": DefinitionRule(.function),
            "assignment": DefinitionRule(.variable, .pythonAssignment),
        ],
        localScopes: ["lambda"], leading: ["comment"])

    private static let script: [String: DefinitionRule] = [
        "function_declaration": DefinitionRule(.function),
        "generator_function_declaration": DefinitionRule(.function),
        "class_declaration": DefinitionRule(.class),
        "method_definition": DefinitionRule(.method),
        "variable_declarator": DefinitionRule(.variable, .scriptVariable),
        "assignment_expression": DefinitionRule(.function, .scriptAssignment),
        "pair": DefinitionRule(.method, .scriptPair),
    ]

    private static let scriptLocals = [
        "arrow_function", "function_expression", "generator_function", "class_static_block",
    ]

    static let javascript = LanguageRules(
        definitions: script.merging([
            "field_definition": DefinitionRule(.field, .scriptField)
        ]) { $1 },
        localScopes: scriptLocals, leading: ["comment", "decorator"])

    static let typescript = LanguageRules(
        definitions: script.merging([
            "public_field_definition": DefinitionRule(.field, .scriptField),
            "abstract_class_declaration": DefinitionRule(.class),
            "abstract_method_signature": DefinitionRule(.method),
            "method_signature": DefinitionRule(.method),
            "property_signature": DefinitionRule(.field),
            "function_signature": DefinitionRule(.prototype),
            "interface_declaration": DefinitionRule(.interface),
            "type_alias_declaration": DefinitionRule(.type),
            "enum_declaration": DefinitionRule(.enum),
            "enum_assignment": DefinitionRule(.case),
            "internal_module": DefinitionRule(.namespace),
            "module": DefinitionRule(.module),
        ]) { $1 },
        localScopes: scriptLocals, leading: ["comment", "decorator"])

    static let ruby = LanguageRules(
        definitions: [
            "class": DefinitionRule(.class),
            "module": DefinitionRule(.module),
            "method": DefinitionRule(.function),
            "singleton_method": DefinitionRule(.function),
            "assignment": DefinitionRule(.constant, .field("left"), nameKinds: ["constant"]),
        ],
        localScopes: ["lambda"], leading: ["comment"])

    static let php = LanguageRules(
        definitions: [
            "class_declaration": DefinitionRule(.class),
            "interface_declaration": DefinitionRule(.interface),
            "trait_declaration": DefinitionRule(.trait),
            "enum_declaration": DefinitionRule(.enum),
            "enum_case": DefinitionRule(.case),
            "function_definition": DefinitionRule(.function),
            "method_declaration": DefinitionRule(.method),
            "const_element": DefinitionRule(.constant, .path(["name"])),
            "property_element": DefinitionRule(.field, .path(["variable_name"])),
        ],
        localScopes: [
            "anonymous_function", "arrow_function",
        ],
        namespaces: ["namespace_definition"], leading: ["comment", "attribute_list"])

    static let lua = LanguageRules(
        definitions: [
            "function_declaration": DefinitionRule(.function),
            "assignment_statement": DefinitionRule(.variable, .luaAssignment),
            "field": DefinitionRule(.method, .scriptPair),
        ],
        localScopes: ["function_definition"], leading: ["comment"])

    static let perl = LanguageRules(
        definitions: [
            "package_statement": DefinitionRule(.module, .path(["package_name"])),
            "function_definition": DefinitionRule(.function),
        ],
        leading: ["comments", "pod_statement"])

    static let bash = LanguageRules(
        definitions: [
            "function_definition": DefinitionRule(.function),
            "variable_assignment": DefinitionRule(.variable, nameKinds: ["variable_name"]),
        ],
        localScopes: ["subshell", "command_substitution"], leading: ["comment"])

    static let powershell = LanguageRules(
        definitions: [
            "function_statement": DefinitionRule(.function, .path(["function_name"])),
            "class_statement": DefinitionRule(.class, .path(["simple_name"])),
            "class_method_definition": DefinitionRule(.method, .path(["simple_name"])),
            "class_property_definition": DefinitionRule(.property, .path(["variable"])),
            "enum_statement": DefinitionRule(.enum, .path(["simple_name"])),
            "enum_member": DefinitionRule(.case, .path(["simple_name"])),
        ],
        localScopes: ["script_block_expression"], leading: ["comment"])

    static let vim = LanguageRules(
        definitions: [
            "function_definition": DefinitionRule(
                .function, .path(["function_declaration", "name"]))
        ],
        leading: ["comment"])

    static let r = LanguageRules(
        definitions: ["binary_operator": DefinitionRule(.function, .rAssignment)],
        localScopes: ["function_definition"], leading: ["comment"])
}
