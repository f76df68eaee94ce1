import Foundation
import GitdexTesting
import Testing

/// Settings, patterns and hooks at the edges of what makes sense.
@Suite("Odd settings and patterns are told", .serialized)
struct EdgeTests {
    private func filled() throws -> CommandBench {
        let bench = try CommandBench()
        try bench.fixture.write("src/a.py", "def first():\n    return 1\n")
        try bench.fixture.commit()
        return bench
    }

    @Test("a folder of assets that is not there")
    func assets() throws {
        let bench = try filled()
        let absent = bench.fixture.folder + "/absent"
        bench.environment["GITDEX_ASSETS_DIR"] = absent
        for words in [["index"], ["status"], ["search", "x"]] {
            let outcome = try bench.start(words).finish()
            expectRefusal(outcome, status: 2, "GITDEX_ASSETS_DIR", absent)
        }
    }

    @Test("names in gitdex.json that are no settings")
    func unknownNames() throws {
        let bench = try filled()
        try FileManager.default.createDirectory(
            atPath: bench.fixture.folder + "/data", withIntermediateDirectories: true)
        try bench.fixture.write("../data/gitdex.json", "{\"DATABASE_ULR\": \"x\"}")
        for words in [["index"], ["status"], ["search", "first"], ["gc"], ["verify"]] {
            let outcome = try bench.start(words).finish()
            #expect(outcome.status == 0)
            #expect(outcome.errors.split(separator: "\n").count == 1, "\(outcome.errors)")
            #expect(outcome.errors.contains("DATABASE_ULR"))
            let quiet = try bench.start(words + ["--quiet"]).finish()
            #expect(quiet.errors.isEmpty)
        }
        let doctor = try bench.gitdex("doctor")
        #expect(doctor.errors.isEmpty)
        #expect(doctor.output.contains("DATABASE_ULR"))
    }

    @Test("patterns: a malformed one changes nothing, one that nothing fits is told")
    func patterns() throws {
        let bench = try filled()
        let digest = try bench.json("index")["digest"]
        for pattern in ["[", "src/[a", "a\\"] {
            for option in ["--include", "--exclude"] {
                let outcome = try bench.gitdex("index", option, pattern)
                expectRefusal(outcome, status: 2, "malformed", pattern)
            }
            let search = try bench.gitdex("search", "first", "--path", pattern)
            expectRefusal(search, status: 2, "malformed", pattern)
        }
        #expect(try bench.json("index")["digest"] == digest)
        let outcome = try bench.gitdex("index", "--exclude", "nowhere/**", "--exclude", "docs")
        #expect(outcome.status == 0)
        #expect(outcome.errors.split(separator: "\n").count == 2, "\(outcome.errors)")
        #expect(outcome.errors.contains("'nowhere/**'") && outcome.errors.contains("'docs'"))
        #expect(try bench.gitdex("index", "--exclude", "docs", "-q").errors.isEmpty)
        #expect(
            try bench.gitdex("search", "first", "--path", "nowhere/**").errors
                .contains("nowhere/**"))
    }

    @Test("an unknown language names the like")
    func languages() throws {
        let bench = try filled()
        try bench.json("index")
        let outcome = try bench.gitdex("search", "first", "--lang", "pyhton")
        expectRefusal(outcome, status: 2, "pyhton", "did you mean python?")
    }

    @Test("one difference is one, and the folder that is gone is told")
    func grammar() throws {
        let bench = try filled()
        try bench.json("index")
        #expect(try bench.gitdex("status").output.contains("1 file, 1 chunk\n"))
        try bench.database.run("UPDATE contents SET body = 'x'")
        #expect(try bench.gitdex("verify").output.contains("1 difference; "))
        #expect(try bench.gitdex("verify", "--repair").output.contains("1 difference was repaired"))
        let moved = bench.fixture.folder + "/elsewhere"
        try FileManager.default.moveItem(atPath: bench.fixture.path, toPath: moved)
        let status = try bench.gitdex("status", in: bench.fixture.folder)
        #expect(status.output.contains("this folder is gone"))
        #expect(status.output.contains("gitdex gc --repo repository"))
        let document = try bench.json("status", in: bench.fixture.folder)
        #expect(document["refs"][0]["location_found"].bool == false)
        let index = try bench.gitdex("index", in: moved)
        #expect(index.status == 0)
        #expect(index.errors.contains("was moved from"))
        let after = try bench.json("status", in: moved)["refs"]
        #expect(after.elements.count == 1)
        #expect(after[0]["repository"].string == "elsewhere")
        #expect(after[0]["location_found"].bool == true)
    }

    @Test("hooks in a bare repository, and in a folder that is not there yet")
    func hooks() throws {
        let bare = try CommandBench(GitFixture(["--bare"]))
        let installed = try bare.gitdex("hook", "install")
        #expect(installed.status == 0, "\(installed.errors)")
        #expect(installed.errors.contains("bare"))
        #expect(try bare.json("hook", "status")["complete"].bool == true)

        let bench = try filled()
        try bench.fixture.git("config", "core.hooksPath", "not/there/yet")
        let doctor = try bench.gitdex("doctor")
        #expect(doctor.output.contains("hooks: none"))
        #expect(doctor.output.contains("disk space: "))
        #expect(try bench.gitdex("hook", "install").status == 0)
        #expect(
            FileManager.default.isExecutableFile(
                atPath: bench.fixture.path + "/not/there/yet/post-commit"))
        #expect(try bench.gitdex("doctor").output.contains("ok      hooks: installed"))
        try bench.fixture.remove("not/there/yet/post-merge")
        let damaged = try bench.gitdex("doctor")
        #expect(damaged.status == 1)
        #expect(damaged.output.contains("post-merge is absent"))
        try bench.fixture.write("file", "x\n")
        try bench.fixture.git("config", "core.hooksPath", "file")
        expectRefusal(try bench.gitdex("hook", "install"), status: 1, "/file")
    }

    @Test("streams that the caller closed are never mixed up with connections")
    func closedStreams() throws {
        let bench = try filled()
        for (redirection, words, status) in [
            (">&-", "index", Int32(1)), (">&-", "verify --json", 1), (">&- 2>&-", "status", 1),
            ("<&- 2>&-", "index", 0), (">/dev/full", "status", 1), ("2>/dev/full", "index", 0),
        ] {
            let outcome = try GitdexProcess(
                ["-c", "exec timeout 60 \"$0\" \(words) \(redirection)", GitdexProcess.executable],
                program: ["/bin/sh"], in: bench.fixture.path, environment: bench.environment
            ).finish()
            #expect(outcome.status == status, "\(words) \(redirection): \(outcome.errors)")
            if status == 1, !redirection.contains("2>") {
                #expect(outcome.errors.hasPrefix("gitdex: the output cannot be written"))
            }
        }
        try bench.verifiedDigest()
    }

    @Test("empty arguments are wrong usage, and long ones are not repeated whole")
    func arguments() throws {
        let bench = try filled()
        for words in [
            ["index", ""], ["status", ""], ["verify", ""], ["hook", "install", ""],
            ["index", "--ref", ""], ["verify", "--ref", ""], ["search", "x", "--ref", ""],
            ["search", "x", "--repo", ""],
        ] {
            expectRefusal(try bench.start(words).finish(), status: 2, "empty")
        }
        let long = String(repeating: "a", count: 100_000)
        for words in [
            ["index", long], ["index", "--ref", long], ["search", "x", "--repo", long],
        ] {
            let outcome = try bench.start(words).finish()
            expectRefusal(outcome, status: 1)
            #expect(outcome.errors.utf8.count < 2_000)
        }
    }
}
