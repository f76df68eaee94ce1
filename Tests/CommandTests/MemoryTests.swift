import Foundation
import GitdexTesting
import Testing

/// The memory of a run does not grow with the repository.
///
/// The real program runs under a limit that the kernel enforces on what it allocates. On two
/// processors, so that the number of its threads is known.
@Suite("Memory does not grow with the repository")
struct MemoryTests {
    private static let fileCount = 20_000
    /// A run needs about half of this; five kilobytes kept of each file would be as much again, and
    /// more than is left.
    private static let limitKilobytes = 100_000

    /// A repository made by `git fast-import`, much faster than file by file: all files, then a
    /// rule that leaves all out, on a branch of its own.
    private func fixture() throws -> GitFixture {
        let fixture = try GitFixture(["--bare"])
        var stream: [UInt8] = []
        func add(_ text: String) { stream += text.utf8 }
        func file(_ path: String, _ text: String) {
            add("M 100644 inline \(path)\ndata \(text.utf8.count)\n\(text)\n")
        }
        func commit(_ ref: String) {
            add("commit \(ref)\ncommitter t <t@example.com> 1700000000 +0000\ndata 1\nx\n")
        }
        commit("refs/heads/main")
        for number in 0..<Self.fileCount {
            file("folder\(number % 200)/value\(number).py", "value_\(number) = \(number)\n")
        }
        commit("refs/heads/rules")
        add("from refs/heads/main\n")
        file(".gitattributes", "*.py linguist-generated\n")
        try fixture.git(bytes: ["fast-import", "--quiet"], input: stream)
        return fixture
    }

    private func run(_ bench: CommandBench, _ arguments: String...) throws -> GitdexOutcome {
        let limited = "ulimit -d \(Self.limitKilobytes) && exec taskset -c 0,1 \"$@\""
        return try GitdexProcess(
            arguments, program: ["/bin/sh", "-c", limited, "sh", GitdexProcess.executable],
            in: bench.fixture.path, environment: bench.environment
        ).finish()
    }

    @Test("in a first index, and when every row of the ref changes")
    func index() throws {
        let bench = try CommandBench(try fixture())
        let first = try run(bench, "index", "--ref", "main", "--json")
        #expect(first.status == 0, "\(first.errors)")
        #expect(try first.json()["files"]["total"].int == Self.fileCount)
        try bench.fixture.git("update-ref", "refs/heads/main", "refs/heads/rules")
        let second = try run(bench, "index", "--ref", "main", "--json")
        #expect(second.status == 0, "\(second.errors)")
        #expect(try second.json()["files"]["modified"].int == Self.fileCount)
        #expect(try second.json()["files"]["total"].int == Self.fileCount + 1)
    }
}
