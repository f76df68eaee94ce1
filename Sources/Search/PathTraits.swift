import Git

/// What a path tells about what a file is for.
struct PathTraits: OptionSet {
    let rawValue: UInt16

    static let test = PathTraits(rawValue: 1)
    static let example = PathTraits(rawValue: 2)
    static let documentation = PathTraits(rawValue: 4)
    static let benchmark = PathTraits(rawValue: 8)
    static let vendored = PathTraits(rawValue: 16)
    static let generated = PathTraits(rawValue: 32)
    /// Settings and other data that is no program.
    static let data = PathTraits(rawValue: 64)
    /// Texts for people.
    static let prose = PathTraits(rawValue: 128)
    /// A file that mostly hands on what others define.
    static let entry = PathTraits(rawValue: 256)
    /// An older version that is kept for those who still use it.
    static let legacy = PathTraits(rawValue: 512)

    private static let folders: [String: PathTraits] = {
        let groups: [(PathTraits, String)] = [
            (
                .test,
                """
                test tests testing spec specs __tests__ e2e fixtures fixture testdata mocks mock \
                __mocks__ testutil testutils test_suite testsuite
                """
            ),
            (.example, "example examples sample samples demo demos playground tutorial tutorials"),
            (.documentation, "doc docs documentation website man manual"),
            (.benchmark, "bench benches benchmark benchmarks perf"),
            (.vendored, "vendor vendored third_party thirdparty 3rdparty node_modules external"),
            (.generated, "generated gen dist build out __generated__"),
            (.legacy, "legacy deprecated compat compatibility old"),
        ]
        var folders: [String: PathTraits] = [:]
        for (traits, names) in groups {
            for name in names.split(separator: " ") { folders[String(name)] = traits }
        }
        return folders
    }()

    private static let entryStems: Set<String> = ["__init__", "index", "mod", "lib", "main", "all"]

    init(rawValue: UInt16) { self.rawValue = rawValue }

    /// The traits of a file.
    init(_ path: GitPath, language: String) {
        var traits: PathTraits = []
        let names = String(decoding: path.bytes, as: UTF8.self).split(separator: "/")
        for folder in names.dropLast() { traits.formUnion(Self.folders[folder.lowercased()] ?? []) }
        let name = names.last.map(String.init) ?? ""
        let stem = name.split(separator: ".").first.map(String.init) ?? name
        if Self.isTest(name, stem: stem) { traits.insert(.test) }
        if Self.isGenerated(name) { traits.insert(.generated) }
        if Self.entryStems.contains(stem.lowercased()) { traits.insert(.entry) }
        switch language {
        case "markdown", "rst", "asciidoc", "text", "org", "latex": traits.insert(.prose)
        case "json", "yaml", "toml", "ini", "xml", "properties", "csv", "json5", "jsonc", "svg":
            traits.insert(.data)
        default: break
        }
        self = traits
    }

    /// The traits that the words of a query speak of.
    init(wordsOf words: NameWords) {
        var traits: PathTraits = []
        for part in words.parts {
            switch String(decoding: part, as: UTF8.self) {
            case "test", "spec", "fixtur", "mock", "unittest": traits.insert(.test)
            case "exampl", "sampl", "demo", "tutorial": traits.formUnion([.example])
            case "doc", "docs", "documentation", "readm", "guid", "changelog", "manual":
                traits.formUnion([.documentation, .prose])
            case "bench", "benchmark", "perf": traits.insert(.benchmark)
            case "vendor", "external": traits.insert(.vendored)
            case "generat", "generated": traits.insert(.generated)
            case "legacy", "deprecat", "compatibility", "compat": traits.insert(.legacy)
            case "json", "yaml", "toml", "xml", "config", "configuration", "setting":
                traits.insert(.data)
            default: break
            }
        }
        self = traits
    }

    private static func isTest(_ name: String, stem: String) -> Bool {
        let lower = name.lowercased()
        if lower.hasPrefix("test_") || lower.contains("_test.") || lower.contains(".test.")
            || lower.contains(".spec.") || lower.contains("_spec.") || lower.contains("-test.")
        {
            return true
        }
        return stem.hasSuffix("Test") || stem.hasSuffix("Tests") || stem.hasSuffix("Spec")
            || stem.hasSuffix("TestCase") || lower == "conftest.py"
    }

    private static func isGenerated(_ name: String) -> Bool {
        let lower = name.lowercased()
        return lower.contains(".min.") || lower.contains(".pb.") || lower.contains("_pb2")
            || lower.contains(".generated.") || lower.contains("_generated.")
            || lower.hasSuffix(".d.ts") || lower.hasSuffix(".lock")
    }
}
