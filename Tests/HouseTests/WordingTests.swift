import Testing

@Suite("Names and words keep to the house style")
struct WordingTests {
    // Written in parts, so that this file does not hold what it looks for.
    private static let banned = [
        "TO" + "DO", "FIX" + "ME", "X" + "XX:", "agent " + "session", "AI " + "assistant",
        "language model " + "assistant",
    ]
    private static let machine = [
        "/wo" + "rk/", "/ro" + "ot/", "/home/" + "user", "pypi" + ".org", "files.python" + "hosted",
        "deb.debian" + ".org", "proxy.golang" + ".org", "npmjs" + ".org",
    ]

    @Test("no leftovers, nothing about who wrote it, no machine's paths or hosts")
    func words() {
        for path in Checkout.files where path != "LICENSE" && !isData(path) {
            guard let text = Checkout.text(of: path) else { continue }
            for word in Self.banned + Self.machine where text.contains(word) {
                Issue.record("\(path) holds \(word)")
            }
        }
    }

    @Test("a file is named after its one type", arguments: Checkout.allSwift)
    func fileNames(file: SourceFile) {
        let stem = String(file.name.dropLast(".swift".count))
        for word in ["Util", "Helper", "Manager", "Common", "Misc"] {
            #expect(!stem.contains(word), "\(file.path)")
        }
        guard Checkout.sourceFolders.contains(String(file.path.split(separator: "/")[0])),
            stem != "main", !stem.contains("+")
        else { return }
        let names = file.codeLines.joined(separator: "\n").matches(
            of: /\b(?:struct|class|enum|actor|protocol|extension|typealias)\s+(\w+)/
        ).map { String($0.1) }
        #expect(names.contains(stem), "\(file.path) holds no type \(stem)")
    }

    @Test(
        "the process ends in one place, past the clean-up of libraries", arguments: Checkout.sources
    )
    func exits(file: SourceFile) {
        guard file.name != "Termination.swift" else { return }
        for (number, line) in file.codeLines.enumerated()
        where line.firstMatch(of: /(?:^|[^\w.]|Glibc\.)(?:exit|quick_exit)\(/) != nil
            || line.contains(".exit(with")
        {
            Issue.record("\(file.path):\(number + 1) ends the process")
        }
    }

    @Test("no type is named like a room", arguments: Checkout.sources)
    func typeNames(file: SourceFile) {
        let rooms = Set(RoomTable.levels.joined())
        for match in file.codeLines.joined(separator: "\n").matches(
            of: /\b(?:struct|class|enum|actor|protocol)\s+(\w+)/
        ) where rooms.contains(String(match.1)) {
            Issue.record("\(file.path) names a type \(match.1)")
        }
    }

    @Test("every escape from the compiler's checks carries its proof", arguments: Checkout.allSwift)
    func proofs(file: SourceFile) {
        for (index, line) in file.codeLines.enumerated()
        where line.contains("@unchecked Sendable") || line.contains("nonisolated(unsafe)") {
            var above = index - 1
            while above >= 0, file.lines[above].drop(while: \.isWhitespace).hasPrefix("@") {
                above -= 1
            }
            let isProved =
                above >= 0 && file.lines[above].drop(while: \.isWhitespace).hasPrefix("//")
            #expect(isProved, "\(file.path):\(index + 1)")
        }
    }

    private func isData(_ path: String) -> Bool {
        path.contains("/Fixtures/") || path.contains("/Resources/") || path.hasSuffix(".gdxm")
            || path == "Package.resolved"
    }
}
