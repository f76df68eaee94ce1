import Foundation
import GitdexTesting
import Queue
import Storage
import Testing
import Workers

@Suite("Mirrors are a cache", .timeLimit(.minutes(5)))
struct MirrorTests {
    private func mirrors(_ bench: WorkerBench) -> [String] {
        let paths = FileManager.default.subpaths(atPath: bench.folder + "/mirrors") ?? []
        return paths.filter { $0.hasSuffix(".git") }.sorted()
    }

    private func remote(_ name: String) throws -> GitFixture {
        let fixture = try GitFixture()
        try fixture.write("\(name).py", "def \(name)():\n    return 1\n")
        try fixture.commit()
        return fixture
    }

    @Test(
        "one that is removed or damaged is made anew", arguments: ["removed", "emptied", "broken"])
    func damaged(how: String) async throws {
        let bench = try WorkerBench()
        let remote = try remote("a")
        let repository = try bench.connect(remote)
        try bench.enqueue([.ref("refs/heads/main", ofRepository: repository.id)])
        try await bench.workUntilDone([bench.configuration()])
        let mirror = bench.folder + "/mirrors/" + (try #require(mirrors(bench).first))
        let files = FileManager.default
        switch how {
        case "removed": try files.removeItem(atPath: mirror)
        case "emptied": try files.removeItem(atPath: mirror + "/objects/pack")
        default:
            for name in try files.contentsOfDirectory(atPath: mirror + "/objects/pack") {
                let path = mirror + "/objects/pack/" + name
                try files.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
                try Data("broken".utf8).write(to: URL(fileURLWithPath: path))
            }
        }
        try remote.write("b.py", "def b():\n    return 2\n")
        try remote.commit()
        try bench.enqueue([.ref("refs/heads/main", ofRepository: repository.id)])
        try await bench.workUntilDone([bench.configuration()])
        #expect(try bench.digests(of: repository) == bench.freshDigests(of: remote))
        #expect(try bench.jobs().allSatisfy { $0.attempts == 1 && $0.state == .done })
    }

    @Test("one that is removed while it is read leaves no half commit behind")
    func removedMeanwhile() async throws {
        let bench = try WorkerBench()
        let remote = try remote("a")
        let repository = try bench.connect(remote)
        try bench.enqueue([.ref("refs/heads/main", ofRepository: repository.id)])
        let gate = Gate()
        try await bench.working([bench.configuration(slots: 1, gate: gate)]) {
            await gate.waitForArrival()
            try FileManager.default.removeItem(
                atPath: bench.folder + "/mirrors/" + (try #require(mirrors(bench).first)))
            gate.open()
            try await bench.waitUntilDone()
        }
        #expect(try bench.digests(of: repository) == bench.freshDigests(of: remote))
        #expect(try bench.jobs().allSatisfy { $0.attempts == 1 && $0.state == .done })
    }

    @Test("beyond the limit those go that were not used for the longest time")
    func limit() async throws {
        let bench = try WorkerBench()
        var names: [Int] = []
        var remotes: [GitFixture] = []
        for name in ["a", "b", "c"] {
            let remote = try remote(name)
            remotes.append(remote)
            let repository = try bench.connect(remote)
            names.append(repository.id)
            try bench.enqueue([.ref("refs/heads/main", ofRepository: repository.id)])
            try await bench.workUntilDone([
                bench.configuration(slots: 1, mirrorLimitBytes: name == "c" ? 1 : 1 << 30)
            ])
        }
        #expect(mirrors(bench) == ["\(bench.store.workspace)/\(names[2]).git"])
    }
}
