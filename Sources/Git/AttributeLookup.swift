/// Finds what a chain of attribute files says about one path.
struct AttributeLookup {
    /// Macros git has without any file.
    static let builtInMacros: [String: [AttributeFile.Assignment]] = [
        "binary": ["diff", "merge", "text"].map { .init(name: $0, state: .unset) }
    ]

    private let macros: [String: [AttributeFile.Assignment]]
    private var states: [String: AttributeFile.State] = [:]
    /// The attributes whose state comes from a rule that accepts every path.
    private var fromCatchAll: Set<String> = []

    init(macros: [String: [AttributeFile.Assignment]]) {
        self.macros = macros
    }

    /// Adds what one file says; call with the file closest to the path first.
    mutating func add(_ file: AttributeFile, _ path: ArraySlice<UInt8>) {
        for rule in file.rules.reversed() where rule.pattern.matches(path, isFolder: false) {
            add(rule.assignments, isCatchAll: rule.pattern.acceptsAnything)
        }
    }

    private mutating func add(_ assignments: [AttributeFile.Assignment], isCatchAll: Bool) {
        for assignment in assignments.reversed() where states[assignment.name] == nil {
            states[assignment.name] = assignment.state
            if isCatchAll { fromCatchAll.insert(assignment.name) }
            // What is known already is left alone, so a macro that names itself ends here.
            if assignment.state == .set, let macro = macros[assignment.name] {
                add(macro, isCatchAll: isCatchAll)
            }
        }
    }

    /// The state of an attribute; `unspecified` when no rule names it.
    func state(_ name: String) -> AttributeFile.State {
        states[name] ?? .unspecified
    }

    /// Whether an attribute is on: set, or set to a word other than `false`.
    func isOn(_ name: String) -> Bool {
        switch state(name) {
        case .set: true
        case .value(let value): value != "false"
        case .unset, .unspecified: false
        }
    }

    /// Whether the rules call the file binary.
    ///
    /// `-text` names a binary file, but `* -text` is the usual way to turn line-end conversion off
    /// for a whole repository and says nothing about any one file.
    var isBinary: Bool {
        isOn("binary") || (state("text") == .unset && !fromCatchAll.contains("text"))
    }
}
