import Foundation
import Git
import GitdexTesting
import Storage
import Testing

@testable import Indexing

/// A repository whose folder gets another name keeps its row; two that are there stay two.
@Suite("A repository that moves stays the same")
struct MovedRepositoryTests {
    private let bench: IndexBench
    private let fixture: GitFixture
    private let manager = FileManager.default

    init() throws {
        bench = try IndexBench()
        fixture = try GitFixture()
        try fixture.write("a.py", "def first():\n    return 1\n")
        try fixture.commit()
    }

    @discardableResult
    private func index(
        _ path: String, change: (inout IndexRequest) -> Void = { _ in }
    ) throws -> IndexReport {
        let store = try bench.store()
        // The fixture's own folder may be gone by now.
        let configuration = try bench.configuration(for: store)
        var request = IndexRequest()
        change(&request)
        return try Indexer(
            repository: try Repository(at: path), store: store, configuration: configuration
        ).index(request)
    }

    private func names() throws -> [String] { try bench.store().repositories().map(\.name) }

    @Test("a renamed folder: one row, with its patterns and the new name, and nothing embedded")
    func renamed() throws {
        try index(fixture.path) { $0.exclude = ["*.md"] }
        try index(fixture.path) { $0.isWorkingTree = true }
        let before = try #require(try bench.store().repositories().first)
        let path = fixture.folder + "/renamed"
        try manager.moveItem(atPath: fixture.path, toPath: path)
        defer { try? manager.moveItem(atPath: path, toPath: fixture.path) }
        let report = try index(path)
        #expect(report.movedFrom == before.url)
        #expect(report.repository == "renamed")
        #expect(report.embedded == 0)
        let after = try bench.store().repositories()
        #expect(after.map(\.id) == [before.id])
        #expect(after.first?.exclude == ["*.md"])
        let refs = try bench.store().refs(ofRepository: before.id).map(\.name)
        #expect(Set(refs) == ["refs/heads/main", Indexer.workingTreeRefName(path)])
        #expect(try index(path).movedFrom == nil)
    }

    @Test("two clones that are both there stay two")
    func clones() throws {
        try index(fixture.path)
        try fixture.git("clone", "-q", ".", "../clone")
        let report = try index(fixture.folder + "/clone")
        #expect(report.movedFrom == nil)
        #expect(try names() == ["clone", "repository"])
    }

    @Test("another repository is not the one that is gone")
    func another() throws {
        try index(fixture.path)
        let other = try GitFixture()
        try other.write("b.py", "def other():\n    return 1\n")
        try other.commit()
        let path = fixture.folder + "/away"
        try manager.moveItem(atPath: fixture.path, toPath: path)
        defer { try? manager.moveItem(atPath: path, toPath: fixture.path) }
        let report = try index(other.path)
        #expect(report.movedFrom == nil)
        #expect(try names().count == 2)
    }

    @Test("a disk that is not mounted is no move, and of two rows none is taken")
    func unsure() throws {
        let disk = fixture.folder + "/disk"
        try manager.createDirectory(atPath: disk, withIntermediateDirectories: true)
        try fixture.git("clone", "-q", ".", "../disk/one")
        try index(disk + "/one")
        try manager.removeItem(atPath: disk)
        #expect(try index(fixture.path).movedFrom == nil)
        #expect(try names() == ["one", "repository"])
        for name in ["two", "three"] {
            try fixture.git("clone", "-q", ".", "../" + name)
            try index(fixture.folder + "/" + name)
        }
        try manager.removeItem(atPath: fixture.folder + "/two")
        try manager.removeItem(atPath: fixture.folder + "/three")
        try fixture.git("clone", "-q", ".", "../four")
        #expect(try index(fixture.folder + "/four").movedFrom == nil)
        #expect(try names().count == 5)
    }
}
