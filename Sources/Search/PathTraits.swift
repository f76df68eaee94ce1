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

    private static let folders: [[UInt8]: PathTraits] = {
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
            (
                .vendored,
                """
                vendor vendored vendors third_party third-party thirdparty 3rdparty 3rd_party \
                node_modules bower_components external externals extern deps pods carthage \
                godeps _vendor
                """
            ),
            (.generated, "generated gen dist build out __generated__"),
            (.legacy, "legacy deprecated compat compatibility old"),
        ]
        var folders: [[UInt8]: PathTraits] = [:]
        for (traits, names) in groups {
            for name in names.utf8.split(separator: UInt8(ascii: " ")) {
                folders[Array(name)] = traits
            }
        }
        return folders
    }()

    private static let proseLanguages: Set<String> = [
        "markdown", "rst", "asciidoc", "text", "org", "latex",
        // What was synchronised besides files.
        "issue", "pr", "comment", "review", "release", "discussion",
    ]
    private static let dataLanguages: Set<String> = [
        "json", "yaml", "toml", "ini", "xml", "properties", "csv", "json5", "jsonc", "svg",
    ]

    init(rawValue: UInt16) { self.rawValue = rawValue }

    /// The traits of a file.
    init(_ path: GitPath, language: String) {
        var traits: PathTraits = []
        let names = path.bytes.split(separator: UInt8(ascii: "/"))
        for folder in names.dropLast() {
            traits.formUnion(Self.folders[folder.lowerCased] ?? [])
            if FileName(folder).isTestFolder { traits.insert(.test) }
        }
        let name = FileName(names.last ?? [])
        if name.isTest { traits.insert(.test) }
        if name.isGenerated { traits.insert(.generated) }
        if name.isEntry { traits.insert(.entry) }
        if Self.proseLanguages.contains(language) { traits.insert(.prose) }
        if Self.dataLanguages.contains(language) { traits.insert(.data) }
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
}
