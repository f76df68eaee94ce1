import GitdexTesting
import Testing

/// Several commands on one database at the same time.
@Suite("Commands at the same time do not disturb each other")
struct ConcurrentRunTests {
    /// Runs several indexes at once and expects that all succeed.
    private func indexAtOnce(_ bench: CommandBench, _ runs: [[String]]) throws -> [JSONValue] {
        let processes = try runs.map { try bench.start(["index", "--json"] + $0) }
        return try processes.map { process in
            let outcome = process.finish()
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.errors.isEmpty, "\(outcome.errors)")
            return try outcome.json()
        }
    }

    @Test("on one ref", arguments: [(2, 5), (2, 300), (4, 300)])
    func oneRef(count: Int, files: Int) throws {
        let fixture = try GitFixture()
        try fixture.writeFunctions(0..<files)
        try fixture.commit()
        let bench = try CommandBench(fixture)
        let runs = [[String]](repeating: [], count: count)
        let first = try indexAtOnce(bench, runs)
        try fixture.writeFunctions(0..<files - 1, version: "second")
        try fixture.remove("package0/module3.py")
        try fixture.commit()
        let second = try indexAtOnce(bench, runs)
        let digest = try bench.verifiedDigest()
        #expect(Set(second.map { $0["digest"].string }) == [digest])
        #expect(Set(first.map { $0["digest"] }).count == 1)
        let fresh = try CommandBench(fixture)
        #expect(try fresh.json("index")["digest"].string == digest)
        #expect(second.reduce(0) { $0 + ($1["embedded"].int ?? 0) } == files - 2)
    }

    @Test("on two refs of one repository", arguments: [5, 300])
    func twoRefs(files: Int) throws {
        let fixture = try GitFixture()
        try fixture.writeFunctions(0..<files)
        try fixture.commit()
        try fixture.git("checkout", "-q", "-b", "side")
        try fixture.writeFunctions(0..<files / 2, version: "second")
        try fixture.commit()
        let bench = try CommandBench(fixture)
        let refs = ["main", "side", "main", "side"]
        let reports = try indexAtOnce(bench, refs.map { ["--ref", $0] })
        for (name, report) in zip(refs, reports) {
            #expect(report["ref"].string == "refs/heads/" + name)
            #expect(try bench.verifiedDigest("--ref", name) == report["digest"].string)
        }
    }

    @Test("on two repositories, while garbage is collected")
    func collection() throws {
        let bench = try CommandBench()
        try bench.fixture.writeFunctions(0..<300)
        try bench.fixture.commit()
        let other = try GitFixture()
        try other.writeFunctions(200..<500)
        try other.commit()
        let runs = try indexAtOnce(bench, [[], [other.path]])
        let collectors = try (0..<2).map { _ in try bench.start(["gc"]) }
        try bench.fixture.writeFunctions(0..<300, version: "second")
        try bench.fixture.commit()
        let later = try indexAtOnce(bench, [[], ["--full", other.path]])
        #expect(collectors.map { $0.finish().status } == [0, 0])
        #expect(later[1]["digest"] == runs[1]["digest"])
        #expect(try bench.verifiedDigest() == later[0]["digest"].string)
        #expect(try bench.verifiedDigest(other.path) == later[1]["digest"].string)
    }

    @Test("a reader sees one commit or the other, never parts of both")
    func readers() throws {
        let bench = try CommandBench()
        var commits: [String: String] = [:]
        for version in ["first", "second"] {
            try bench.fixture.writeFunctions(0..<60, version: version)
            commits[try bench.fixture.commit()] = version
        }
        let order = commits.sorted { $0.value < $1.value }.map(\.key)
        try bench.fixture.git("reset", "-q", "--hard", order[0])
        try bench.json("index")
        var seen: Set<String> = []
        for turn in 1...6 {
            try bench.fixture.git("reset", "-q", "--hard", order[turn % 2])
            let writer = try bench.start(["index"])
            repeat {
                let answer = try bench.json("search", "version of number", "-k", "60")
                let commit = try #require(answer["freshness"][0]["indexed_commit"].string)
                let version = try #require(commits[commit])
                seen.insert(commit)
                let results = answer["results"].elements
                #expect(results.count == 60)
                for result in results {
                    #expect(result["commit"].string == commit)
                    #expect(result["snippet"].string?.contains("The \(version) version") == true)
                }
            } while writer.isRunning
            #expect(writer.finish().status == 0)
        }
        #expect(try bench.indexedCommit() == order[0])
        #expect(seen.count == 2)
    }
}
