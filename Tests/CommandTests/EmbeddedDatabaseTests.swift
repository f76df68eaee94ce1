import Foundation
import GitdexTesting
import Testing

/// The way without `DATABASE_URL`.
@Suite("Without DATABASE_URL a PostgreSQL of its own serves", .serialized)
struct EmbeddedDatabaseTests {
    @Test("started on demand, stopped and started again, and nothing is lost")
    func lifecycle() throws {
        let bench = try EmbeddedBench()
        try bench.fixture.writeFunctions(0..<3)
        try bench.commit()
        let before = try bench.json("db", "status")
        #expect(before["state"].string == "notInitialised")
        #expect(before["process"] == .null)
        #expect(try bench.gitdex("db", "status").output.hasPrefix("not created yet"))
        let report = try bench.json("index")
        #expect(report["files"]["total"].int == 3)
        let running = try bench.json("db", "status")
        #expect(
            running.shape
                == #"{"directory":text,"log":text,"process":number,"state":text,"url":text}"#)
        #expect(running["state"].string == "running")
        #expect(running["directory"].string?.hasPrefix(bench.data) == true)
        #expect(try bench.json("db", "url")["url"] == running["url"])
        #expect(try bench.gitdex("db", "url").output == (running["url"].string ?? "") + "\n")
        #expect(try bench.json("db", "start")["process"] == running["process"])
        let doctor = try bench.json("doctor")
        #expect(
            doctor.shape == #"{"checks":[{"detail":text,"name":text,"ok":boolean}],"ok":boolean}"#)
        #expect(doctor["ok"].bool == true)
        #expect(doctor["checks"].elements.allSatisfy { $0["ok"].bool == true })
        #expect(try bench.json("db", "stop")["state"].string == "stopped")
        #expect(try bench.gitdex("db", "stop").output == "it was not running\n")
        let found = try bench.json("search", "function_2", "--mode", "symbol")
        #expect(found["results"][0]["path"].string == "package0/module2.py")
        #expect(try bench.json("db", "status")["state"].string == "running")
        #expect(try bench.json("verify")["digest"] == report["digest"])
    }

    @Test(
        "db is refused where DATABASE_URL names another",
        arguments: [
            "start", "stop", "status", "url",
        ])
    func other(command: String) throws {
        let bench = try CommandBench(migrates: false)
        expectRefusal(try bench.gitdex("db", command), status: 1, "DATABASE_URL", "unset")
    }

    @Test("two first commands at once share one server")
    func together() throws {
        let bench = try EmbeddedBench()
        try bench.fixture.writeFunctions(0..<3)
        try bench.commit()
        let processes = try (0..<3).map { _ in
            try GitdexProcess(
                ["index", "--json"], in: bench.fixture.path, environment: bench.environment)
        }
        var digests: [JSONValue] = []
        for process in processes {
            let outcome = process.finish()
            #expect(outcome.status == 0, "\(outcome.errors)")
            digests.append(try outcome.json()["digest"])
        }
        #expect(Set(digests.map(\.string)).count == 1)
        #expect(try bench.json("verify")["digest"] == digests[0])
    }

    @Test(
        "a full disk is one line, and all is well once there is room", .enabled(if: geteuid() == 0))
    func diskFull() throws {
        let bench = try EmbeddedBench()
        guard let disk = try SmallDisk(at: bench.data, megabytes: 160) else {
            // Containers without the right to mount.
            return
        }
        try bench.fixture.writeFunctions(0..<3)
        try bench.commit()
        let before = try bench.json("index")
        try disk.fill()
        try bench.fixture.writeFunctions(0..<300, version: "second")
        try bench.commit()
        let outcome = try bench.gitdex("index")
        expectRefusal(outcome, status: 3, "no space is left", bench.data, "GITDEX_DATA_DIR")
        try EmbeddedBench.run("/bin/mount", "-o", "remount,size=900m", disk.path)
        let old = try bench.json("status")["refs"][0]
        #expect(old["indexed_commit"] == before["to"])
        let after = try bench.json("index")
        #expect(after["files"]["total"].int == 300)
        #expect(try bench.json("verify")["digest"] == after["digest"])
        try bench.gitdex("db", "stop")
    }
}
