import GitdexTesting
import Testing

@Suite("Migrate takes the schema up and down")
struct MigrateTests {
    @Test("and lists its steps")
    func upAndDown() throws {
        let bench = try CommandBench(migrates: false)
        let before = try bench.json("migrate", "status")
        #expect(before.shape == #"{"steps":[{"applied":boolean,"name":text,"number":number}]}"#)
        #expect(before["steps"].elements.allSatisfy { $0["applied"].bool == false })
        let after = try bench.json("migrate", "up")
        #expect(after["steps"].elements.allSatisfy { $0["applied"].bool == true })
        #expect(try bench.gitdex("migrate", "up").output == "nothing to do\n")
        #expect(try bench.gitdex("migrate").output.contains("applied"))
        #expect(try bench.json("status")["refs"] == .list([]))
        let down = try bench.json("migrate", "down", "--to", "0")
        #expect(down == before)
        #expect(try bench.gitdex("status").status == 3)
        #expect(try bench.json("migrate", "up") == after)
    }

    @Test("and down by one step where none is named")
    func oneStep() throws {
        let bench = try CommandBench()
        let all = try bench.json("migrate", "status")["steps"].elements
        let last = try #require(all.last?["number"].int)
        let down = try bench.gitdex("migrate", "down")
        #expect(down.status == 0)
        #expect(down.output == "took back step \(last)\n")
        #expect(down.errors.contains("step \(last)") && down.errors.contains("data"))
        let left = try bench.json("migrate", "status")["steps"].elements
        #expect(left.map { $0["applied"].bool } == all.dropLast().map { _ in true } + [false])
        #expect(try bench.json("migrate", "down", "--to", "0")["steps"][0]["applied"].bool == false)
        #expect(try bench.gitdex("migrate", "down").output == "nothing to do\n")
    }

    @Test("and reads .env where it stands, unlike the commands on repositories")
    func environmentFile() throws {
        let bench = try CommandBench(migrates: false)
        let url = bench.environment.removeValue(forKey: "DATABASE_URL") ?? ""
        try bench.fixture.write(".env", "DATABASE_URL='\(url)'\n")
        let after = try bench.json("migrate", "up")
        #expect(after["steps"].elements.allSatisfy { $0["applied"].bool == true })
        bench.environment["DATABASE_URL"] = url
        #expect(try bench.json("migrate", "status") == after)
    }
}
