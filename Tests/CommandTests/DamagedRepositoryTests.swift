import Foundation
import GitdexTesting
import Testing

/// Objects of a repository that are damaged or gone.
@Suite("A damaged repository spoils nothing", .serialized)
struct DamagedRepositoryTests {
    /// A bench that is indexed at its first commit and has a second one.
    private func stale() throws -> (bench: CommandBench, old: String, digest: String?) {
        let bench = try CommandBench()
        try bench.fixture.writeFunctions(0..<5)
        let old = try bench.fixture.commit()
        let digest = try bench.json("index")["digest"].string
        try bench.fixture.write("package0/module1.py", "def replaced(a):\n    return a\n")
        try bench.fixture.write("new.py", "def brand_new(a):\n    return a\n")
        try bench.fixture.commit()
        return (bench, old, digest)
    }

    private func file(of object: String, _ bench: CommandBench) -> String {
        bench.fixture.path + "/.git/objects/" + object.prefix(2) + "/" + object.dropFirst(2)
    }

    /// Overwrites an object's file and returns what stood in it.
    private func garble(_ path: String) throws -> Data {
        let content = try Data(contentsOf: URL(fileURLWithPath: path))
        chmod(path, 0o644)
        try Data("garbage".utf8).write(to: URL(fileURLWithPath: path))
        return content
    }

    @Test(
        "a garbled object: one line, and the old index answers",
        arguments: [
            "HEAD", "HEAD^{tree}", "HEAD:package0", "HEAD:new.py",
        ])
    func garbled(revision: String) throws {
        let (bench, old, digest) = try stale()
        let object = try bench.fixture.git("rev-parse", revision)
        let path = file(of: object, bench)
        let content = try garble(path)
        let outcome = try bench.gitdex("index")
        expectRefusal(outcome, status: 1, "git fsck")
        #expect(try bench.json("status")["refs"][0]["indexed_commit"].string == old)
        #expect(try bench.json("search", "function_3")["results"][0]["commit"].string == old)
        if revision != "HEAD" { #expect(try bench.verifiedDigest() == digest) }
        try content.write(to: URL(fileURLWithPath: path))
        let report = try bench.json("index")
        #expect(report["files"]["total"].int == 6)
        #expect(try bench.verifiedDigest() == report["digest"].string)
    }

    @Test("a file's object that is gone is left out by name, and comes with the object")
    func missing() throws {
        let (bench, _, _) = try stale()
        let path = file(of: try bench.fixture.git("rev-parse", "HEAD:new.py"), bench)
        let content = try Data(contentsOf: URL(fileURLWithPath: path))
        try FileManager.default.removeItem(atPath: path)
        #expect(try bench.json("index")["files"]["skipped"].int == 1)
        let left = try bench.json("status")["refs"][0]["left_out"]
        #expect(left[0] == .object(["path": .text("new.py"), "reason": .text("missing")]))
        try bench.verifiedDigest()
        try content.write(to: URL(fileURLWithPath: path))
        #expect(try bench.gitdex("index", "--full").status == 0)
        #expect(try bench.json("status")["refs"][0]["left_out"] == .list([]))
        try bench.verifiedDigest()
    }

    @Test("a garbled object under an old index is what verify says")
    func garbledBelow() throws {
        let bench = try CommandBench()
        try bench.fixture.writeFunctions(0..<5)
        try bench.fixture.commit()
        try bench.json("index")
        _ = try garble(
            file(of: try bench.fixture.git("rev-parse", "HEAD:package0/module1.py"), bench))
        let outcome = try bench.gitdex("verify")
        #expect(outcome.status == 1)
        #expect((outcome.errors + outcome.output).contains("git fsck"))
        #expect(try bench.json("search", "function_1")["results"].elements.isEmpty == false)
    }
}
