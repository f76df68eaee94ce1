import Foundation
import Git
import GitdexTesting
import Testing

@Suite("Working tree")
struct WorkingTreeTests {
    /// The changes as `A path`, `M path`, `D path`, with each new id checked against git's own.
    private func statuses(_ fixture: GitFixture, _ revision: String = "HEAD") throws -> [String] {
        let repository = try Repository(at: fixture.path)
        let top = try tree(repository, revision)
        return try repository.workingTreeChanges(against: top).map { change in
            #expect(change.old == (try repository.entry(at: change.path, in: top)))
            guard let new = change.new else { return "D \(change.path)" }
            #expect(new.path == change.path)
            if new.mode.isFile {
                let hash = try fixture.git("hash-object", change.path.description)
                #expect(new.oid.hex == hash)
                let content = try repository.withWorkingFile(change.path) { Array($0) }
                let stored = try fixture.git(
                    bytes: ["hash-object", "--stdin"], input: content)
                #expect(String(decoding: stored.dropLast(), as: UTF8.self) == hash)
            }
            return (change.old == nil ? "A " : "M ") + "\(change.path)"
        }
    }

    private func started() throws -> GitFixture {
        let fixture = try GitFixture()
        for name in ["a.txt", "b.txt", "dir/c.txt", "dir/d.txt"] {
            try fixture.write(name, "\(name)\n")
        }
        try fixture.write(".gitignore", "*.log\n/ignored/\n")
        try fixture.commit()
        return fixture
    }

    @Test("a clean one has no changes")
    func clean() throws {
        #expect(try statuses(try started()).isEmpty)
    }

    @Test("sees edits, deletions, new files and modes; not what is ignored")
    func changes() throws {
        let fixture = try started()
        try fixture.write("a.txt", "edited\n")
        try fixture.remove("b.txt")
        try fixture.setMode(0o755, of: "dir/c.txt")
        try fixture.write("new/deep/file.txt", "new\n")
        try fixture.write("x.log", "ignored\n")
        try fixture.write("ignored/y", "ignored\n")
        #expect(
            try statuses(fixture) == [
                "M a.txt", "D b.txt", "M dir/c.txt", "A new/deep/file.txt",
            ])
    }

    @Test("compares what is on disk, whatever is staged")
    func staged() throws {
        let fixture = try started()
        try fixture.write("a.txt", "staged\n")
        try fixture.write("new.txt", "staged\n")
        try fixture.write("gone.txt", "staged\n")
        try fixture.git("add", "a.txt", "new.txt", "gone.txt")
        try fixture.write("a.txt", "a.txt\n")
        try fixture.remove("gone.txt")
        try fixture.git("rm", "--quiet", "--cached", "b.txt")
        try fixture.git("rm", "--quiet", "dir/d.txt")
        #expect(try statuses(fixture) == ["D dir/d.txt", "A new.txt"])
    }

    @Test("sees links, and files that became folders and back")
    func types() throws {
        let fixture = try started()
        try fixture.remove("a.txt")
        try fixture.write("a.txt/inside", "now a folder\n")
        try fixture.remove("dir")
        try fixture.write("dir", "now a file\n")
        try fixture.remove("b.txt")
        try fixture.link("b.txt", to: "nowhere")
        #expect(
            try statuses(fixture) == [
                "D a.txt", "A a.txt/inside", "M b.txt", "A dir", "D dir/c.txt", "D dir/d.txt",
            ])
        let repository = try Repository(at: fixture.path)
        let link = try repository.workingTreeChanges(against: try tree(repository)).first {
            $0.path == "b.txt"
        }
        #expect(link?.new?.mode == .symlink)
        let target = try repository.withWorkingFile("b.txt") { Array($0) }
        #expect(target == Array("nowhere".utf8))
    }

    @Test("stores line ends as the attributes say")
    func filters() throws {
        let fixture = try started()
        try fixture.write(".gitattributes", "*.txt text\n")
        try fixture.write("a.txt", "one\r\ntwo\r\n")
        try fixture.write("raw.bin", "one\r\ntwo\r\n")
        #expect(try statuses(fixture) == ["A .gitattributes", "M a.txt", "A raw.bin"])
        let repository = try Repository(at: fixture.path)
        #expect(try repository.withWorkingFile("a.txt") { Array($0) } == Array("one\ntwo\n".utf8))
        #expect(try repository.withWorkingFile("raw.bin") { $0.count } == 10)
    }

    @Test("compares with any tree, and with none")
    func otherTree() throws {
        let fixture = try started()
        try fixture.write("a.txt", "second\n")
        try fixture.write("e.txt", "second\n")
        try fixture.commit()
        #expect(try statuses(fixture, "HEAD~1") == ["M a.txt", "A e.txt"])
        let repository = try Repository(at: fixture.path)
        let all = try repository.workingTreeChanges(against: nil)
        #expect(all.map(\.path) == (try entries(repository, try tree(repository)).map(\.path)))
        let unborn = try GitFixture()
        try unborn.write("first.txt", "text\n")
        let paths = try Repository(at: unborn.path).workingTreeChanges(against: nil).map(\.path)
        #expect(paths == ["first.txt"])
    }

    @Test("takes the marked file of a merge conflict as it is")
    func conflict() throws {
        let fixture = try started()
        try fixture.git("switch", "--quiet", "--create", "side")
        try fixture.write("a.txt", "theirs\n")
        try fixture.remove("b.txt")
        try fixture.commit()
        try fixture.git("switch", "--quiet", "main")
        try fixture.write("a.txt", "ours\n")
        try fixture.write("b.txt", "ours\n")
        try fixture.commit()
        try fixture.git(bytes: ["merge", "--quiet", "side"], accepting: [1])
        #expect(try statuses(fixture) == ["M a.txt"])
    }

    @Test("names that are not UTF-8 keep their bytes; a missing file says so")
    func names() throws {
        let fixture = try started()
        let name: [UInt8] = [0xE9, UInt8(ascii: ".")]
        try fixture.write(bytes: name, [1, 2, 3])
        let repository = try Repository(at: fixture.path)
        let changes = try repository.workingTreeChanges(against: try tree(repository))
        #expect(changes.map(\.path.bytes) == [name])
        #expect(try repository.withWorkingFile(GitPath(name)) { Array($0) } == [1, 2, 3])
        for missing: GitPath in ["missing", "dir", "a.txt/x"] {
            #expect { try repository.withWorkingFile(missing) { _ in } } throws: {
                ($0 as? GitError)?.code == .notFound
            }
        }
    }

    @Test("passes over a repository inside that git does not track")
    func nestedRepository() throws {
        let fixture = try started()
        try fixture.write("inner/file.txt", "text\n")
        try fixture.git(["init", "--quiet"], in: fixture.path + "/inner")
        #expect(try statuses(fixture).isEmpty)
    }

    @Test("misses nothing of a sparse checkout or a submodule that is not there")
    func sparse() throws {
        let fixture = try started()
        let inner = try GitFixture()
        try inner.commit()
        try fixture.git(
            ["-c", "protocol.file.allow=always", "submodule", "--quiet", "add", inner.path, "lib"])
        try fixture.commit()
        let clone = fixture.folder + "/clone"
        try fixture.git(["clone", "--quiet", fixture.path, clone])
        let repository = try Repository(at: clone)
        #expect(try repository.workingTreeChanges(against: try tree(repository)).isEmpty)
        try fixture.git(["sparse-checkout", "set", "nothing"], in: clone)
        let sparse = try Repository(at: clone)
        #expect(!FileManager.default.fileExists(atPath: clone + "/dir/c.txt"))
        let changes = try sparse.workingTreeChanges(against: try tree(sparse))
        #expect(changes.map(\.path).isEmpty)
    }

    @Test("keeps modes where the file system has none")
    func noFileMode() throws {
        let fixture = try started()
        try fixture.setMode(0o755, of: "a.txt")
        try fixture.commit()
        try fixture.git("config", "core.fileMode", "false")
        try fixture.setMode(0o644, of: "a.txt")
        try fixture.write("a.txt", "edited\n")
        let repository = try Repository(at: fixture.path)
        let changes = try repository.workingTreeChanges(against: try tree(repository))
        #expect(changes.map(\.new?.mode) == [.executable])
    }
}
