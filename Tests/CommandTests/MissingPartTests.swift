import Foundation
import GitdexTesting
import Testing

/// Parts that set-up brings, and folders that are somebody else's.
@Suite(
    "What is missing or closed is named in one line", .serialized,
    .enabled(if: EmbeddedBench.canLeaveRoot))
struct MissingPartTests {
    @Test("the grammars, the model or PostgreSQL")
    func assets() throws {
        let bench = try EmbeddedBench(leavesRoot: true)
        try bench.fixture.writeFunctions(0..<3)
        try bench.commit()
        try bench.without("postgres") {
            expectRefusal(try bench.gitdex("index"), status: 3, "scripts/setup", "DATABASE_URL")
            try expectDoctor(bench, names: ["database", "schema"])
        }
        let report = try bench.json("index")
        try bench.fixture.writeFunctions(3..<5)
        try bench.commit()
        for part in ["grammars", "model"] {
            try bench.without(part) {
                let outcome = try bench.gitdex("index")
                expectRefusal(outcome, status: 3, part, "scripts/setup", "GITDEX_ASSETS_DIR")
                #expect(try bench.json("status")["refs"][0]["indexed_commit"] == report["to"])
                try expectDoctor(
                    bench, names: [part == "model" ? "embedding model" : part])
            }
        }
        #expect(try bench.json("index")["embedded"].int == 2)
    }

    @Test("a data directory of another user", .enabled(if: geteuid() == 0))
    func otherUsersData() throws {
        let bench = try EmbeddedBench(leavesRoot: true)
        try FileManager.default.createDirectory(
            atPath: bench.data + "/postgres/cluster", withIntermediateDirectories: true)
        chmod(bench.data + "/postgres", 0o700)
        expectRefusal(try bench.gitdex("db", "status"), status: 1, "no permission", "another user")
    }

    private func expectDoctor(_ bench: EmbeddedBench, names: [String]) throws {
        let outcome = try bench.gitdex("doctor", "--json")
        #expect(outcome.status == 1)
        let report = try outcome.json()
        #expect(report["ok"].bool == false)
        let failed = report["checks"].elements.filter { $0["ok"].bool == false }
        #expect(failed.map { $0["name"].string } == names)
        for check in failed {
            #expect(check["detail"].string?.contains("scripts/setup") == true)
        }
        #expect(try bench.gitdex("doctor").output.contains("MISSING \(names[0]): "))
    }

    @Test("a damaged model, a damaged or empty folder of grammars")
    func damaged() throws {
        let bench = try EmbeddedBench()
        try bench.fixture.writeFunctions(0..<3)
        try bench.commit()
        let manager = FileManager.default
        try bench.without("model") {
            let file = bench.assets + "/model/static.gdxm"
            try manager.createDirectory(
                atPath: bench.assets + "/model", withIntermediateDirectories: true)
            defer { try? manager.removeItem(atPath: bench.assets + "/model") }
            let whole = try Data(
                contentsOf: URL(fileURLWithPath: bench.assets + "/.model/static.gdxm"))
            for content in [Data(), Data("garbage".utf8), whole.prefix(whole.count / 2)] {
                try content.write(to: URL(fileURLWithPath: file))
                chmod(file, 0o644)
                let outcome = try bench.gitdex("index")
                #expect(outcome.status == 1 || outcome.status == 3)
                expectRefusal(outcome, status: outcome.status, "static.gdxm")
            }
        }
        try bench.without("grammars") {
            try manager.createDirectory(
                atPath: bench.assets + "/grammars", withIntermediateDirectories: true)
            defer { try? manager.removeItem(atPath: bench.assets + "/grammars") }
            let outcome = try bench.gitdex("index")
            #expect(outcome.status == 1 || outcome.status == 3)
            expectRefusal(outcome, status: outcome.status, "grammars")
            try "{".write(
                toFile: bench.assets + "/grammars/manifest.json", atomically: true, encoding: .utf8)
            expectRefusal(try bench.gitdex("index"), status: outcome.status, "manifest.json")
        }
        #expect(try bench.json("index")["files"]["total"].int == 3)
    }

    @Test("a repository that cannot be read, or belongs to somebody else")
    func closed() throws {
        let bench = try EmbeddedBench(leavesRoot: true)
        try bench.fixture.writeFunctions(0..<3)
        try bench.commit()
        let git = bench.fixture.path + "/.git"
        chmod(git + "/objects", 0)
        expectRefusal(
            try bench.gitdex("index"), status: 1, "no permission to read \(git)/objects")
        chmod(git + "/objects", 0o755)
        chmod(git, 0)
        expectRefusal(try bench.gitdex("index"), status: 1)
        chmod(git, 0o755)
        if geteuid() == 0 {
            try EmbeddedBench.run("/bin/chown", "-R", "0:0", bench.fixture.path)
            expectRefusal(
                try bench.gitdex("index"), status: 1, "safe.directory \(bench.fixture.path)")
        }
    }
}
