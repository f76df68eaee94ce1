import Foundation
import Git
import GitdexTesting
import Testing

@Suite("Reading objects")
struct ObjectReadingTests {
    @Test("gives content and size of a blob as git stores them")
    func blob() throws {
        let fixture = try GitFixture()
        let content = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 >> 8) }
        try fixture.write(bytes: Array("big".utf8), content)
        try fixture.write("empty", "")
        try fixture.commit()
        try fixture.git("gc", "--quiet")
        let repository = try Repository(at: fixture.path)
        let big = try oid(try fixture.git("rev-parse", "HEAD:big"))
        let empty = try oid(try fixture.git("rev-parse", "HEAD:empty"))
        #expect(try repository.blobSize(big) == content.count)
        #expect(try repository.withBlob(big) { Array($0) } == content)
        #expect(try repository.blobSize(empty) == 0)
        #expect(try repository.withBlob(empty) { $0.count } == 0)
        #expect(repository.hasObject(big))
    }

    @Test("says that an object is missing or of another kind")
    func missing() throws {
        let fixture = try GitFixture()
        try fixture.commit()
        let repository = try Repository(at: fixture.path)
        let missing = try oid(String(repeating: "3", count: 40))
        #expect(!repository.hasObject(missing))
        let calls: [() throws -> Void] = [
            { _ = try repository.blobSize(missing) }, { try repository.withBlob(missing) { _ in } },
            { _ = try repository.tree(of: missing) }, { _ = try entries(repository, missing) },
            { _ = try repository.diff(from: nil, to: missing, renames: false) },
        ]
        for call in calls {
            #expect { try call() } throws: { ($0 as? GitError)?.code == .notFound }
        }
        let top = try tree(repository)
        #expect { try repository.withBlob(top) { _ in } } throws: {
            ($0 as? GitError)?.code == .corruptObject
        }
    }

    @Test("finds damaged bytes")
    func damaged() throws {
        let fixture = try GitFixture()
        try fixture.write("a.txt", String(repeating: "some text\n", count: 50))
        try fixture.commit()
        let hex = try fixture.git("rev-parse", "HEAD:a.txt")
        let file = ".git/objects/\(hex.prefix(2))/\(hex.dropFirst(2))"
        try fixture.setMode(0o644, of: file)
        var bytes = Array(
            try #require(FileManager.default.contents(atPath: fixture.path + "/" + file)))
        bytes[bytes.count / 2] ^= 0xFF
        try fixture.write(bytes: Array(file.utf8), bytes)
        let repository = try Repository(at: fixture.path)
        #expect { try repository.withBlob(try oid(hex)) { _ in } } throws: {
            ($0 as? GitError)?.code == .corruptObject
        }
    }

    @Test("finds an object under a wrong name when asked to verify")
    func wrongName() throws {
        let fixture = try GitFixture()
        try fixture.write("a.txt", "one\n")
        try fixture.write("b.txt", "two\n")
        try fixture.commit()
        let hex = try fixture.git("rev-parse", "HEAD:a.txt")
        let other = try fixture.git("rev-parse", "HEAD:b.txt")
        func file(_ hex: String) -> String { ".git/objects/\(hex.prefix(2))/\(hex.dropFirst(2))" }
        try fixture.setMode(0o644, of: file(hex))
        let bytes = try #require(
            FileManager.default.contents(atPath: fixture.path + "/" + file(other)))
        try fixture.write(bytes: Array(file(hex).utf8), Array(bytes))
        let repository = try Repository(at: fixture.path)
        repository.verifiesObjects = true
        #expect { try repository.withBlob(try oid(hex)) { _ in } } throws: {
            ($0 as? GitError)?.code == .corruptObject
        }
        #expect(try repository.withBlob(try oid(other)) { $0.count } == 4)
    }

    @Test("works on many threads, each with its own repository")
    func threads() async throws {
        let fixture = try GitFixture()
        for index in 0..<50 { try fixture.write("d\(index % 5)/\(index)", "file \(index)\n") }
        try fixture.commit()
        let path = fixture.path
        let digests = try await withThrowingTaskGroup(of: [ObjectID].self) { group in
            for _ in 0..<8 {
                group.addTask {
                    let repository = try Repository(at: path)
                    repository.verifiesObjects = true
                    let top = try repository.resolve("HEAD").tree
                    var read: [ObjectID] = []
                    try repository.forEachEntry(in: top) { entry in
                        try repository.withBlob(entry.oid) { #expect($0.count > 5) }
                        read.append(entry.oid)
                    }
                    return read
                }
            }
            return try await group.reduce(into: Set<[ObjectID]>()) { $0.insert($1) }
        }
        #expect(digests.count == 1)
        #expect(digests.first?.count == 50)
    }
}
