import Foundation
import Git
import GitdexTesting
import Testing

@Suite("A mirror of a remote")
struct MirrorTests {
    private let main = "refs/heads/main"

    private func filled() throws -> GitRemote {
        let remote = try GitRemote()
        try remote.fixture.write("a.txt", String(repeating: "text\n", count: 1000))
        try remote.fixture.commit()
        return remote
    }

    private func mirror(_ remote: GitRemote, url: String? = nil) throws -> Mirror {
        try Mirror(
            at: remote.fixture.folder + "/mirrors/1/2.git", url: url ?? remote.url,
            options: remote.options)
    }

    private func head(_ remote: GitRemote, _ name: String = "HEAD") throws -> ObjectID {
        try oid(try remote.git("rev-parse", name))
    }

    @Test("holds what was asked for and nothing else", arguments: [true, false])
    func exact(isHTTP: Bool) throws {
        let remote = try filled()
        try remote.git("tag", "--annotate", "--message", "text", "v1")
        try remote.git("update-ref", "refs/pull/7/head", "HEAD")
        try remote.git("branch", "other")
        let mirror = try mirror(remote, url: isHTTP ? nil : remote.fixture.path)
        #expect(mirror.repository.isBare)
        let asked = [main, "refs/tags/v1", "refs/pull/7/head", "refs/heads/none"]
        let wanted = [
            main: try head(remote), "refs/tags/v1": try head(remote, "v1"),
            "refs/pull/7/head": try head(remote),
        ]
        #expect(try mirror.fetch(refs: asked) == wanted)
        #expect(try mirror.references() == wanted)
        #expect(try mirror.repository.resolve("v1").commit == head(remote))
        #expect(try mirror.repository.head() == .branch(name: "main", commit: try head(remote)))
        try remote.git("fsck", "--strict")
        try remote.fixture.git(["fsck", "--strict"], in: mirror.repository.gitDirectory)
    }

    @Test("follows pushes, forced ones too, and fetches nothing that it has")
    func follows() throws {
        let remote = try filled()
        let mirror = try mirror(remote)
        var first = try head(remote)
        for step in 0..<4 {
            if step == 2 { try remote.git("reset", "--quiet", "--hard", first.hex) }
            try remote.fixture.write("b.txt", "\(step)\n")
            try remote.fixture.commit()
            if step == 0 { first = try head(remote) }
            #expect(try mirror.fetch(refs: [main]) == [main: try head(remote)])
            #expect(try mirror.references() == [main: try head(remote)])
        }
        let count = try remote.requests().count
        #expect(try mirror.fetch(refs: [main]) == [main: try head(remote)])
        #expect(try remote.requests().count == count + 1)
    }

    @Test("drops what is gone, and lets a branch become a folder of branches and back")
    func gone() throws {
        let remote = try filled()
        let mirror = try mirror(remote)
        try remote.git("branch", "a")
        #expect(try mirror.fetch(refs: [main, "refs/heads/a"]).count == 2)
        try remote.git("branch", "-m", "a", "a/b/c")
        #expect(try Array(mirror.fetch(refs: ["refs/heads/a/b/c"]).keys) == ["refs/heads/a/b/c"])
        #expect(try mirror.references().keys.sorted() == ["refs/heads/a/b/c", main])
        try remote.git("branch", "-m", "a/b/c", "a")
        #expect(try mirror.fetch(refs: ["refs/heads/a"]).count == 1)
        #expect(try mirror.references().keys.sorted() == ["refs/heads/a", main])
        try remote.git("branch", "-D", "a")
        #expect(try mirror.fetch(refs: ["refs/heads/a"]).isEmpty)
        #expect(try Array(mirror.references().keys) == [main])
    }

    @Test("refuses names that are no full names of references")
    func names() throws {
        let mirror = try mirror(try filled())
        for name in ["main", "HEAD", "refs/heads/*", "refs/heads/a..b", "+refs/heads/a", ""] {
            #expect {
                try mirror.fetch(refs: [name])
            } throws: {
                ($0 as? GitError)?.code == .invalidRevision
            }
        }
    }

    @Test("stays as it was when the pack breaks off, and catches up later")
    func interrupted() throws {
        let remote = try filled()
        let first = try head(remote)
        let mirror = try mirror(remote)
        _ = try mirror.fetch(refs: [main])
        var random = SeededGenerator(seed: 5)
        try remote.fixture.write(
            bytes: Array("noise".utf8),
            (0..<200_000).map { _ in UInt8.random(in: 0...255, using: &random) })
        try remote.fixture.commit()
        for bytes in [0, 20, 100, 5_000, 150_000] {
            try remote.setFault(.cutOff(afterBytes: bytes), on: .pack)
            #expect {
                try mirror.fetch(refs: [main])
            } throws: {
                ($0 as? GitError)?.code == .network
            }
            #expect(try mirror.references() == [main: first])
        }
        try remote.setFault(.none)
        #expect(try mirror.fetch(refs: [main]) == [main: try head(remote)])
        try remote.fixture.git(["fsck", "--strict"], in: mirror.repository.gitDirectory)
    }

    @Test("is repaired after a process was killed in it")
    func leftovers() throws {
        let remote = try filled()
        let path = try mirror(remote).repository.gitDirectory
        _ = try mirror(remote).fetch(refs: [main])
        let left = [
            "/HEAD.lock", "/packed-refs.lock", "/config.lock", "/refs/heads/main.lock",
            "/objects/pack/pack_git2_0123456789abcdef", "/objects/tmp_object_git2_01",
        ]
        for name in left { try Data().write(to: URL(fileURLWithPath: path + name)) }
        try FileManager.default.removeItem(atPath: path + "/HEAD")
        try remote.fixture.commit()
        let reopened = try mirror(remote)
        for name in left { #expect(!FileManager.default.fileExists(atPath: path + name)) }
        // The objects were kept.
        #expect(try reopened.references().count == 1)
        #expect(try reopened.fetch(refs: [main]) == [main: try head(remote)])
    }

    @Test(
        "is made anew when it is damaged",
        arguments: ["HEAD", "config", "main", "pack", "index", "objects", "everything"])
    func damaged(part: String) throws {
        let remote = try filled()
        var opened: Mirror? = try mirror(remote)
        let path = try #require(opened?.repository.gitDirectory)
        _ = try opened?.fetch(refs: [main])
        opened = nil
        let packs = path + "/objects/pack"
        let files = try FileManager.default.contentsOfDirectory(atPath: packs)
        let pack = try #require(files.first { $0.hasSuffix(".pack") })
        let index = try #require(files.first { $0.hasSuffix(".idx") })
        switch part {
        case "HEAD", "config": try write("\u{1}nonsense", path + "/" + part)
        case "main": try write("", path + "/refs/heads/main")
        case "pack": #expect(truncate(packs + "/" + pack, 40) == 0)
        case "index": #expect(truncate(packs + "/" + index, 40) == 0)
        case "objects": try FileManager.default.removeItem(atPath: packs)
        default:
            try FileManager.default.removeItem(atPath: path)
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: false)
        }
        try remote.fixture.write("b.txt", "new\n")
        try remote.fixture.commit()
        let mirror = try mirror(remote)
        #expect(try mirror.fetch(refs: [main]) == [main: try head(remote)])
        try remote.fixture.git(["fsck", "--strict"], in: mirror.repository.gitDirectory)
    }

    private func write(_ text: String, _ path: String) throws {
        chmod(path, 0o600)
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    }

    @Test("puts its packs together when they are many")
    func packs() throws {
        let remote = try filled()
        let mirror = try mirror(remote, url: remote.fixture.path)
        let packs = mirror.repository.gitDirectory + "/objects/pack"
        var counts: [Int] = []
        for step in 0..<55 {
            try remote.fixture.commit("\(step)")
            #expect(try mirror.fetch(refs: [main]) == [main: try head(remote)])
            counts.append(
                try FileManager.default.contentsOfDirectory(atPath: packs)
                    .filter { $0.hasSuffix(".pack") }.count)
        }
        #expect(counts.max() == 50)
        #expect(counts.last == 5)
        try remote.fixture.git(["fsck", "--strict"], in: mirror.repository.gitDirectory)
        #expect(try mirror.repository.commitCount(from: nil, to: head(remote)) == 56)
    }

    @Test("does not take the place of a folder with other things in it")
    func foreign() throws {
        let remote = try filled()
        let path = remote.fixture.folder + "/mirrors/1/2.git"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        try write("precious", path + "/letter.txt")
        try write("nonsense", path + "/HEAD")
        try write("precious", path + "/letter.lock")
        #expect(throws: GitError.self) { try mirror(remote) }
        let names = try FileManager.default.contentsOfDirectory(atPath: path)
        #expect(names.sorted() == ["HEAD", "letter.lock", "letter.txt"])
        try FileManager.default.removeItem(atPath: path)
        try write("precious", path)
        #expect(throws: GitError.self) { try mirror(remote) }
        #expect(FileManager.default.contents(atPath: path)?.count == 8)
    }

    @Test("is gone when it is removed, and reads as a repository that is not there")
    func removed() throws {
        let remote = try filled()
        let mirror = try mirror(remote)
        _ = try mirror.fetch(refs: [main])
        let path = mirror.repository.gitDirectory
        try mirror.remove()
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test("reads a repository of the same disk where it lies, and copies none of its objects")
    func borrows() throws {
        let remote = try filled()
        var options = remote.options
        options.borrowsLocalObjects = true
        let path = remote.fixture.folder + "/mirrors/1/2.git"
        let mirror = try Mirror(at: path, url: remote.fixture.path, options: options)
        let first = try head(remote)
        #expect(try mirror.fetch(refs: [main]) == [main: first])
        #expect(mirror.repository.hasObject(first))
        try remote.fixture.write("b.txt", "more\n")
        try remote.fixture.commit()
        let second = try head(remote)
        #expect(try mirror.fetch(refs: [main]) == [main: second])
        #expect(try mirror.repository.tree(of: second) != mirror.repository.tree(of: first))
        let packs = path + "/objects/pack"
        #expect(try FileManager.default.contentsOfDirectory(atPath: packs).isEmpty)
    }

    @Test("reports how many objects have come, and can be ended in their midst")
    func progress() throws {
        let remote = try GitRemote()
        for number in 0..<300 {
            try remote.fixture.write("\(number).txt", "\(number)\n")
        }
        try remote.fixture.commit()
        try remote.setFault(.slow(pauseMilliseconds: 50), on: .pack)
        var options = remote.options
        options.progress = { received, total in received == 0 || total == 0 }
        let mirror = try Mirror(
            at: remote.fixture.folder + "/mirror.git", url: remote.url, options: options)
        #expect {
            try mirror.fetch(refs: [main])
        } throws: {
            ($0 as? GitError)?.code == .cancelled
        }
        #expect(try mirror.references().isEmpty)
    }
}
