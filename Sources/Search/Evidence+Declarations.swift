extension Evidence {
    /// Notes which declarations, such as those of a header, have a definition in another file.
    mutating func markDeclarations() {
        var defined: Set<String> = []
        for file in files where file.traits.isDisjoint(with: [.test, .example, .vendored]) {
            for definition in file.chunks.lazy.flatMap(\.definitions)
            where DefinitionKind(definition.kind) == .function {
                defined.insert(definition.name)
            }
        }
        if defined.isEmpty { return }
        for file in files.indices {
            for chunk in files[file].chunks.indices {
                for place in files[file].chunks[chunk].definitions.indices {
                    let definition = files[file].chunks[chunk].definitions[place]
                    files[file].chunks[chunk].definitions[place].isDefinedElsewhere =
                        definition.isDeclaration && defined.contains(definition.name)
                }
            }
        }
    }
}
