import Foundation
import GitdexTesting
import Testing

/// Runs that end before their work does.
@Suite("A run that is cut off leaves the index as it was", .serialized)
struct KilledRunTests {
    /// Starts `gitdex index`, kills it after a part of the time that a whole run takes, and says
    /// whether it had ended by itself before.
    private func killIndex(_ bench: CommandBench, after delay: Duration) throws -> Bool {
        let clock = ContinuousClock()
        let end = clock.now + delay
        let process = try bench.start(["index"])
        // The moment has no meaning of its own: any is as good, and none is waited for.
        while process.isRunning, clock.now < end { poll(nil, 0, 1) }
        process.signal(SIGKILL)
        let status = process.finish().status
        #expect(status == 0 || status == -SIGKILL)
        return status == 0
    }

    /// Delays from 5 ms to the whole of a run.
    private static func delays(_ count: Int, upTo whole: Duration) -> [Duration] {
        let first = Duration.milliseconds(5)
        return (0..<count).map { first + (max(whole, first) - first) * $0 / (count - 1) }
    }

    private func measured(_ body: () throws -> Void) rethrows -> Duration {
        try ContinuousClock().measure(body)
    }

    /// The indexes of the database's tables, which a first load drops and makes again.
    private func indexes(of bench: CommandBench) throws -> [String] {
        try bench.database.column(
            "SELECT indexdef::text FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1")
    }

    @Test("kill -9 at many points of a first index")
    func firstIndex() throws {
        let fixture = try GitFixture()
        try fixture.writeFunctions(0..<800)
        let commit = try fixture.commit()
        let reference = try CommandBench(fixture)
        let indexes = try indexes(of: reference)
        var digest: String?
        let whole = try measured { digest = try reference.json("index")["digest"].string }
        var cutOff = 0
        for delay in Self.delays(6, upTo: whole) {
            let bench = try CommandBench(fixture)
            let isDone = try killIndex(bench, after: delay)
            cutOff += isDone ? 0 : 1
            let refs = try bench.json("status")["refs"].elements
            for ref in refs { #expect(ref["indexed_commit"].string == commit) }
            if isDone { #expect(refs.count == 1) }
            let report = try bench.json("index")
            #expect(report["digest"].string == digest)
            #expect(report["files"]["total"].int == 800)
            #expect(try bench.verifiedDigest() == digest)
            #expect(try self.indexes(of: bench) == indexes)
        }
        #expect(cutOff > 0)
    }

    @Test("kill -9 at many points of a later one, large or small", arguments: [320, 3])
    func laterIndex(changed: Int) throws {
        let bench = try CommandBench()
        try bench.fixture.writeFunctions(0..<400)
        let old = try bench.fixture.commit()
        let before = try bench.json("index")["digest"].string
        try bench.fixture.writeFunctions(0..<changed, version: "second")
        try bench.fixture.remove("package9/module399.py")
        let new = try bench.fixture.commit()
        var after: String?
        let whole = try measured { after = try bench.json("index")["digest"].string }
        var cutOff = 0
        for delay in Self.delays(8, upTo: whole) {
            try bench.fixture.git("reset", "-q", "--hard", old)
            #expect(try bench.json("index")["digest"].string == before)
            // What the cut off runs wrote goes, so that the next has all its work before it.
            try bench.json("gc")
            try bench.fixture.git("reset", "-q", "--hard", new)
            let isDone = try killIndex(bench, after: delay)
            cutOff += isDone ? 0 : 1
            let commit = try bench.indexedCommit()
            #expect(commit == old || commit == new)
            if isDone { #expect(commit == new) }
            #expect(try bench.verifiedDigest() == (commit == new ? after : before))
            #expect(try bench.json("index")["digest"].string == after)
        }
        #expect(try bench.verifiedDigest() == after)
        #expect(cutOff > 0)
    }

    @Test("a small index after a killed first one has all indexes of the tables")
    func indexesComeBack() throws {
        let fixture = try GitFixture()
        try fixture.writeFunctions(0..<300)
        try fixture.commit()
        let bench = try CommandBench(fixture)
        let indexes = try indexes(of: bench)
        let held = try HeldTable("embeddings", of: bench.database)
        let process = try bench.start(["index"])
        while try !held.isAwaited(), process.isRunning {}
        process.signal(SIGKILL)
        #expect(process.finish().status == -SIGKILL)
        try held.release()
        let small = try GitFixture()
        try small.writeFunctions(0..<3)
        try small.commit()
        try bench.json("index", in: small.path)
        #expect(try self.indexes(of: bench) == indexes)
    }

    @Test("Ctrl-C says so in one line and ends with 130", arguments: [SIGINT, SIGTERM])
    func interrupted(signal: Int32) throws {
        let bench = try CommandBench()
        try bench.fixture.writeFunctions(0..<3)
        let old = try bench.fixture.commit()
        try bench.json("index")
        try bench.fixture.writeFunctions(0..<3, version: "second")
        try bench.fixture.commit()
        let held = try HeldTable("contents", of: bench.database)
        let process = try bench.start(["index"])
        while try !held.isAwaited() { try #require(process.isRunning) }
        process.signal(signal)
        expectRefusal(process.finish(), status: 128 + signal, "interrupted")
        try held.release()
        #expect(try bench.indexedCommit() == old)
        try bench.verifiedDigest()
        let report = try bench.json("index")
        #expect(try bench.verifiedDigest() == report["digest"].string)
    }
}
