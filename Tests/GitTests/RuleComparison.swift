import Git
import GitdexTesting
import Testing

/// Compares the rules of a tree with the answers of the real git over the same files.
struct RuleComparison {
    let fixture: GitFixture
    private var paths: [[UInt8]] = []
    private var rulesByFolder: [String: String] = [:]

    init() throws {
        fixture = try GitFixture()
    }

    /// Writes a rule file: for ignore rules both under git's name and under ours.
    mutating func write(rules: [UInt8], named name: String, in folder: String) throws {
        rulesByFolder[folder] = String(decoding: rules, as: UTF8.self)
        let prefix = Array((folder.isEmpty ? "" : folder + "/").utf8)
        try fixture.write(bytes: prefix + Array(name.utf8), rules)
        guard name == TreeRules.ignoreFileName else { return }
        try fixture.write(bytes: prefix + Array(".gitignore".utf8), rules)
    }

    /// Adds a file whose verdict is to be compared; git does not need it to exist.
    mutating func add(_ path: String) {
        paths.append(Array(path.utf8))
    }

    /// Commits the rule files and compares which paths are ignored.
    func compareIgnored() throws {
        let rules = try committedRules()
        let answer = try fixture.git(
            bytes: ["check-ignore", "--no-index", "-z", "--stdin"],
            input: Array(paths.joined(separator: [0])) + [0], accepting: [0, 1])
        let expected = Set(answer.split(separator: 0).map { Array($0) })
        for path in paths {
            let found = try rules.verdict(for: GitPath(path)).isIgnored
            #expect(found == expected.contains(path), "\(shown(path))")
        }
    }

    /// Commits the rule files and compares the attributes.
    func compareAttributes() throws {
        let rules = try committedRules()
        let names = ["linguist-generated", "linguist-vendored", "binary", "text"]
        let answer = try fixture.git(
            bytes: ["check-attr", "-z", "--stdin"] + names,
            input: Array(paths.joined(separator: [0])) + [0])
        let fields = answer.split(separator: 0, omittingEmptySubsequences: false)
        var values: [[UInt8]: [String: String]] = [:]
        for start in stride(from: 0, to: fields.count - 2, by: 3) {
            let name = String(decoding: fields[start + 1], as: UTF8.self)
            values[Array(fields[start]), default: [:]][name] = String(
                decoding: fields[start + 2], as: UTF8.self)
        }
        func isOn(_ value: String?) -> Bool {
            !["unset", "unspecified", "false", nil].contains(value)
        }
        for path in paths {
            let verdict = try rules.verdict(for: GitPath(path))
            let value = values[path] ?? [:]
            let name = "\(shown(path)) \(value)"
            #expect(value.count == names.count)
            #expect(verdict.isGenerated == isOn(value["linguist-generated"]), "\(name)")
            #expect(verdict.isVendored == isOn(value["linguist-vendored"]), "\(name)")
            let isBinary = isOn(value["binary"]) || value["text"] == "unset"
            #expect(verdict.isBinary == isBinary, "\(name)")
        }
    }

    /// The path and the rules of its first folder, for the message of a failure.
    private func shown(_ path: [UInt8]) -> String {
        let first = path.split(separator: UInt8(ascii: "/")).first.map { Array($0) } ?? []
        let rules = rulesByFolder[String(decoding: first, as: UTF8.self)] ?? rulesByFolder[""] ?? ""
        return "\(GitPath(path)) under \(rules.debugDescription)"
    }

    private func committedRules() throws -> TreeRules {
        try fixture.commit()
        let repository = try Repository(at: fixture.path)
        return try TreeRules(repository: repository, tree: try tree(repository))
    }
}
