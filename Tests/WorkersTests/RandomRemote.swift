import GitdexTesting

/// A repository whose refs are pushed, forced and deleted at random.
final class RandomRemote {
    let fixture: GitFixture
    private var random: SeededRandom
    private var heads: [String: String] = [:]
    private var commits: [String] = []
    private var texts = 0

    init(seed: UInt64) throws {
        fixture = try GitFixture()
        random = SeededRandom(seed)
        for number in 0..<12 { try fixture.write("src/file\(number).py", text()) }
        commits.append(try fixture.commit())
        try fixture.git("checkout", "--quiet", "--detach")
        try set("refs/heads/main", to: commits[0])
    }

    /// Does something to a ref.
    ///
    /// - Returns: What a push would say of it.
    func step() throws -> (ref: String, before: String?, after: String?) {
        let names = (0..<6).map { "refs/heads/branch\($0)" } + ["refs/heads/main", "refs/tags/t1"]
        let name = names[Int.random(in: 0..<names.count, using: &random)]
        let before = heads[name]
        switch Int.random(in: 0..<10, using: &random) {
        case 0..<6:
            try set(name, to: try commit(on: before ?? commits[0]))
        case 6, 7:
            try set(name, to: commits[Int.random(in: 0..<commits.count, using: &random)])
        default:
            if name != "refs/heads/main", before != nil {
                try fixture.git("update-ref", "-d", name)
                heads[name] = nil
            }
        }
        return (name, before, heads[name] ?? String(repeating: "0", count: 40))
    }

    private func set(_ name: String, to commit: String) throws {
        try fixture.git("update-ref", name, commit)
        heads[name] = commit
    }

    private func commit(on parent: String) throws -> String {
        try fixture.git("reset", "--quiet", "--hard", parent)
        for _ in 0...Int.random(in: 0..<2, using: &random) {
            let file = "src/file\(Int.random(in: 0..<15, using: &random)).py"
            try fixture.write(file, text())
        }
        let made = try fixture.commit()
        commits.append(made)
        return made
    }

    /// Sometimes a new text, sometimes one that was there before.
    private func text() -> String {
        let number = Int.random(in: 0...3, using: &random) == 0 ? texts / 2 : texts
        texts += 1
        return (0..<3).map { part in
            """
            def function_\(number)_\(part)(value):
                \"\"\"Returns number \(number) of part \(part).\"\"\"
                total = value + \(number)
                return total * \(part)


            """
        }.joined()
    }
}
