import Foundation
import GitdexTesting
import Testing

/// Workers on hosts of their own, one of which comes too late.
@Suite(
    "Two hosts", .enabled(if: NetworkHost.obstacle == nil, "\(NetworkHost.obstacle ?? "")"),
    .timeLimit(.minutes(5)))
struct HostsTests {
    /// How a host falls behind.
    enum Fault: Int, CaseIterable {
        case frozen, cutOff
    }

    @Test(
        "a worker that loses its lease in the middle commits nothing, and another one finishes",
        arguments: Fault.allCases)
    func late(_ fault: Fault) async throws {
        let bench = try await ServerBench(workers: 0)
        try bench.remote.fixture.write("first.py", "def first():\n    return 1\n")
        try bench.remote.fixture.commit()
        let slow = try NetworkHost(number: fault.rawValue * 2)
        let other = try NetworkHost(number: fault.rawValue * 2 + 1)
        let late = try bench.startWorker(on: slow)
        try await bench.connectFolder()
        #expect(try await bench.settle().isEmpty)

        // It stands in the transaction that moves the ref, having read and written everything else.
        let held = try HeldTable("ref_files", of: bench.testDatabase, mode: "SHARE")
        try bench.remote.fixture.write("second.py", "def second():\n    return 2\n")
        let head = try bench.remote.fixture.commit()
        let asked = try await bench.post(
            "/repositories/\(bench.repository)/index", #"{"ref": "main"}"#)
        try #require(asked.status == 202, "\(asked.text)")
        try await bench.wait(.seconds(60), "the worker does not come to the ref") {
            try held.isAwaited()
        }
        switch fault {
        case .frozen: late.signal(SIGSTOP)
        case .cutOff: try slow.cut()
        }
        try held.release()

        let prompt = try bench.startWorker(on: other)
        try await bench.wait(.seconds(120), "nobody takes the job over") {
            try bench.indexedCommits() == ["refs/heads/main": head]
        }
        #expect(try await bench.settle().isEmpty)
        #expect(prompt.errorsSoFar.contains("ended the session of a worker that had the job"))

        switch fault {
        case .frozen: late.signal(SIGCONT)
        case .cutOff: try slow.mend()
        }
        try await bench.wait(.seconds(120), "the late worker does not say what became of its job") {
            late.errorsSoFar.contains("outcome=lost")
        }
        #expect(try bench.indexedCommits() == ["refs/heads/main": head])
        try expectDigests(bench)

        // It is as good as any other from here on.
        prompt.signal(SIGKILL)
        prompt.finish()
        try bench.remote.fixture.write("third.py", "def third():\n    return 3\n")
        let last = try bench.remote.fixture.commit()
        try await bench.post("/repositories/\(bench.repository)/index", #"{"ref": "main"}"#)
        try await bench.wait(.seconds(120), "the late worker works no more") {
            try bench.indexedCommits() == ["refs/heads/main": last]
        }
    }
}

extension ServerBench {
    /// Connects the remote by its folder, which every host of this machine can reach.
    func connectFolder() async throws {
        let answer = try await post(
            "/repositories",
            """
            {"url": "file://\(remote.fixture.path)", "name": "served", "provider": "git"}
            """)
        try #require(answer.status == 201, "\(answer.text)")
        repository = try #require(answer.json["id"].int)
    }

    /// Starts a worker on another host, with a data folder of its own.
    func startWorker(on host: NetworkHost) throws -> GitdexProcess {
        let relay = try DatabaseRelay(
            to: testDatabase, host: host.address, in: remote.fixture.folder)
        relays.append(relay)
        return try startWorker(
            program: host.program(GitdexProcess.executable),
            changes: [
                "DATABASE_URL": relay.url,
                "GITDEX_DATA_DIR": remote.fixture.folder + "/data-" + host.address,
            ])
    }
}
