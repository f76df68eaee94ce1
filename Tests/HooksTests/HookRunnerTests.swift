import Foundation
import Testing

@testable import Hooks

@Suite("Requests run one at a time, and none is lost")
struct HookRunnerTests {
    private let directory: ScratchDirectory
    private let runner: HookRunner
    private let state: HookState

    init() throws {
        directory = try ScratchDirectory()
        runner = HookRunner(commonDirectory: directory.path, rebasePatience: .zero)
        state = HookState(commonDirectory: directory.path)
    }

    private func request(_ branch: String?, _ hook: HookName = .postCommit) -> HookRequest {
        HookRequest(
            hook: hook, gitDirectory: directory.path,
            reference: branch.map { "refs/heads/" + $0 })
    }

    private func log() -> [HookLogEntry] {
        HookLog(path: state.log).tail(100)
    }

    @Test("a request runs and its summary is logged")
    func single() async throws {
        let outcome = try await runner.submit(request("main")) { request in
            #expect(request == self.request("main"))
            return "2 chunks\nadded"
        }
        #expect(outcome == .ran(1))
        let entry = try #require(log().first)
        #expect(entry.outcome == .done)
        #expect(entry.reference == "refs/heads/main")
        #expect(entry.message == "2 chunks added")
        #expect(HookFiles.names(in: state.running).isEmpty)
        #expect(HookFiles.names(in: state.pending).isEmpty)
    }

    @Test("what arrives during a run is handed over, the newest of each branch wins")
    func handedOver() async throws {
        let runs = Journal()
        let outcome = try await runner.submit(request("main")) { request in
            if await runs.add(request) == 1 {
                for branch in ["main", "topic", "main", "topic", "main"] {
                    let inner = try await self.runner.submit(self.request(branch)) { _ in
                        Issue.record("two runs at once")
                        return ""
                    }
                    #expect(inner == .handedOver)
                }
            }
            return ""
        }
        #expect(outcome == .ran(3))
        let references = await runs.requests.map(\.reference)
        #expect(
            references == [request("main"), request("main"), request("topic")].map(\.reference))
    }

    @Test("a failing run is logged and the others run")
    func failing() async throws {
        struct Refusal: Error, CustomStringConvertible {
            let description = "no database: start one"
        }
        try state.prepare()
        try RequestQueue(state: state).add(request("other"))
        let outcome = try await runner.submit(request("main")) { request in
            if request.reference == "refs/heads/main" { throw Refusal() }
            return "fine"
        }
        #expect(outcome == .ran(2))
        #expect(log().map(\.outcome).sorted { $0.rawValue < $1.rawValue } == [.done, .failed])
        #expect(log().first { $0.outcome == .failed }?.message == "no database: start one")
    }

    @Test("a request whose process died runs with the next one, after it, once")
    func interrupted() async throws {
        try state.prepare()
        let queue = RequestQueue(state: state)
        try queue.add(request("lost"))
        #expect(try queue.claim() == request("lost"))
        let runs = Journal()
        _ = try await runner.submit(request("main")) { request in
            let isKept = !HookFiles.names(in: self.state.running).filter {
                $0 == request.fileName
            }.isEmpty
            #expect(isKept == (request == self.request("main")))
            await runs.add(request)
            return ""
        }
        #expect(await runs.requests == [request("main"), request("lost")])
        #expect(HookFiles.names(in: state.running).isEmpty)
    }

    @Test("a dead process holds no lock, a living one is seen without being disturbed")
    func lock() async throws {
        let installer = HookInstaller(
            hooksDirectory: directory.path + "/hooks", commonDirectory: directory.path,
            executable: "/bin/true")
        #expect(installer.status().runningProcess == nil)
        _ = try await runner.submit(request("main")) { _ in
            let status = installer.status()
            #expect(status.runningProcess == Int(getpid()))
            if let second = try RunLock.acquire(self.state.lock) {
                second.release()
                Issue.record("two processes hold the lock")
            }
            return "fine"
        }
        #expect(installer.status().runningProcess == nil)
        #expect(installer.status().lastRuns.map(\.message) == ["fine"])
    }

    @Test("many processes' worth of requests: the last state of every branch gets indexed")
    func storm() async throws {
        let world = World()
        let runner = HookRunner(commonDirectory: directory.path)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for worker in 0..<8 {
                group.addTask {
                    for step in 0..<40 {
                        let branch = "b\((worker + step) % 3)"
                        await world.commit(branch)
                        let request = HookRequest(
                            hook: .postCommit, gitDirectory: "/r", reference: branch)
                        _ = try await runner.submit(request) { request in
                            await world.enter()
                            await Task.yield()
                            await world.index(request.reference ?? "")
                            return ""
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(await world.isUpToDate)
        #expect(await !world.overlapped)
    }

    @Test("a rebase in progress defers a detached HEAD and nothing else")
    func rebase() async throws {
        try HookFiles.makeDirectories(directory.path + "/rebase-merge")
        let runs = Journal()
        for branch in [nil, "main"] as [String?] {
            _ = try await runner.submit(request(branch)) { request in
                await runs.add(request)
                return ""
            }
        }
        #expect(await runs.requests == [request("main")])
        #expect(log().map(\.outcome) == [.deferred, .done])
    }

    @Test("a rebase that ends in time lets the request run")
    func rebaseEnds() async throws {
        let marker = directory.path + "/rebase-apply"
        try HookFiles.makeDirectories(marker)
        let patient = HookRunner(commonDirectory: directory.path, rebasePatience: .seconds(60))
        async let outcome = patient.submit(request(nil)) { _ in "after it" }
        try FileManager.default.removeItem(atPath: marker)
        #expect(try await outcome == .ran(1))
        #expect(log().map(\.message) == ["after it"])
    }

    @Test("an unreadable request is dropped, and a state directory that cannot be is an error")
    func damaged() async throws {
        try state.prepare()
        try HookFiles.replace(state.pending + "/nonsense", with: Array("x".utf8))
        #expect(try await runner.submit(request("main")) { _ in "" } == .ran(1))
        #expect(HookFiles.names(in: state.pending).isEmpty)
        let blocked = HookRunner(commonDirectory: state.log)
        await #expect(throws: HookError.self) {
            try await blocked.submit(self.request("main")) { _ in "" }
        }
    }
}

/// The requests that were run, in order.
private actor Journal {
    private(set) var requests: [HookRequest] = []

    @discardableResult
    func add(_ request: HookRequest) -> Int {
        requests.append(request)
        return requests.count
    }
}

/// Branches that move and an index that follows.
private actor World {
    private var commits: [String: Int] = [:]
    private var indexed: [String: Int] = [:]
    private var isRunning = false
    private(set) var overlapped = false

    var isUpToDate: Bool { commits == indexed }

    func commit(_ branch: String) { commits[branch, default: 0] += 1 }

    func enter() {
        overlapped = overlapped || isRunning
        isRunning = true
    }

    func index(_ branch: String) {
        indexed[branch] = commits[branch]
        isRunning = false
    }
}
