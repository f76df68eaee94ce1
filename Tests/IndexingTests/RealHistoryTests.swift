import Foundation
import Git
import GitdexTesting
import Indexing
import Storage
import Testing

/// Consecutive commits of a real repository: this one, or the one that
/// `GITDEX_TEST_REPOSITORY` names.
@Suite("A real history is followed commit by commit")
struct RealHistoryTests {
    private static let commitLimit = 200
    private static let verifiedEvery = 25

    private static var repository: String {
        ProcessInfo.processInfo.environment["GITDEX_TEST_REPOSITORY"]
            ?? URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().path
    }

    @Test("and every index on the way equals its tree")
    func history() throws {
        let fixture = try GitFixture()
        try fixture.git(["fetch", "-q", Self.repository, "HEAD:refs/heads/whole"])
        let commits = try fixture.git(
            "rev-list", "--first-parent", "--reverse", "-n", "\(Self.commitLimit)", "whole"
        ).split(separator: "\n").map(String.init)
        try #require(!commits.isEmpty)
        let bench = try IndexBench()
        var last: IndexReport?
        for (number, commit) in commits.enumerated() {
            try fixture.git("update-ref", "refs/heads/walk", commit)
            let report = try bench.index(fixture, "refs/heads/walk") { $0.wantsDigest = false }
            #expect(report.to.hex == commit)
            #expect(report.from == last?.to)
            last = report
            guard number % Self.verifiedEvery == 0 || number == commits.count - 1 else { continue }
            let verified = try bench.verify(fixture, "refs/heads/walk")
            #expect(verified.differences.isEmpty, "\(commit)")
            #expect(verified.digest == verified.expectedDigest, "\(commit)")
        }
        let before = bench.embedder.count
        let again = try bench.index(fixture, "refs/heads/whole")
        #expect(again.embedded == 0)
        #expect(bench.embedder.count == before)
        #expect(again.chunks.total == last?.chunks.total)
    }
}
