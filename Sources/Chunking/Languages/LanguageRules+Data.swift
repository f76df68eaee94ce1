/// Query, schema, configuration, build and document languages.
extension LanguageRules {
    static let sql = LanguageRules(
        definitions: [
            "create_table": DefinitionRule(.table, .path(["object_reference"])),
            "create_view": DefinitionRule(.view, .path(["object_reference"])),
            "create_materialized_view": DefinitionRule(.view, .path(["object_reference"])),
            "create_index": DefinitionRule(.index, .field("column")),
            "create_function": DefinitionRule(.function, .path(["object_reference"])),
            "create_trigger": DefinitionRule(.function, .path(["object_reference"])),
            "create_type": DefinitionRule(.type, .path(["object_reference"])),
        ],
        leading: ["comment", "marginalia"])

    static let hcl = LanguageRules(
        definitions: ["block": DefinitionRule(.resource, .hclBlock)], leading: ["comment"])

    static let proto = LanguageRules(
        definitions: [
            "message": DefinitionRule(.message, .path(["message_name"])),
            "enum": DefinitionRule(.enum, .path(["enum_name"])),
            "service": DefinitionRule(.service, .path(["service_name"])),
            "rpc": DefinitionRule(.method, .path(["rpc_name"])),
        ],
        leading: ["comment"])

    static let graphql = LanguageRules(
        definitions: [
            "object_type_definition": DefinitionRule(.type, .path(["name"])),
            "interface_type_definition": DefinitionRule(.interface, .path(["name"])),
            "input_object_type_definition": DefinitionRule(.type, .path(["name"])),
            "enum_type_definition": DefinitionRule(.enum, .path(["name"])),
            "scalar_type_definition": DefinitionRule(.type, .path(["name"])),
            "union_type_definition": DefinitionRule(.union, .path(["name"])),
            "operation_definition": DefinitionRule(.function, .path(["name"])),
            "fragment_definition": DefinitionRule(.function, .path(["fragment_name"])),
        ],
        leading: ["comment", "description"])

    static let make = LanguageRules(
        definitions: [
            "rule": DefinitionRule(.rule, .path(["targets"])),
            "define_directive": DefinitionRule(.macro),
        ],
        leading: ["comment"])

    static let cmake = LanguageRules(
        definitions: [
            "function_def": DefinitionRule(
                .function, .path(["function_command", "argument_list", "argument"])),
            "macro_def": DefinitionRule(
                .macro, .path(["macro_command", "argument_list", "argument"])),
        ],
        leading: ["line_comment", "bracket_comment"])

    static let dockerfile = LanguageRules(
        definitions: ["from_instruction": DefinitionRule(.section, .field("as"))],
        leading: ["comment"])

    static let just = LanguageRules(
        definitions: ["recipe": DefinitionRule(.rule, .path(["recipe_header", "name"]))],
        leading: ["comment", "attribute"])

    static let latex = LanguageRules(
        definitions: [
            "part": DefinitionRule(.section, .field("text")),
            "chapter": DefinitionRule(.section, .field("text")),
            "section": DefinitionRule(.section, .field("text")),
            "subsection": DefinitionRule(.section, .field("text")),
            "subsubsection": DefinitionRule(.section, .field("text")),
        ],
        leading: ["line_comment"])
}
