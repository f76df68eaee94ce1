import Foundation
import Git
import GitdexTesting
import Testing

@Suite("Walking a tree")
struct TreeWalkTests {
    @Test("gives every path once, in byte order, as git lists them")
    func order() throws {
        let fixture = try GitFixture()
        for name in ["a.c", "a/x", "a/y/z", "a-b", "a0", "B", "b/c", "é/ü", "a b"] {
            try fixture.write(name, name)
        }
        try fixture.write("run.sh", "#!/bin/sh\n")
        try fixture.setMode(0o755, of: "run.sh")
        try fixture.link("link", to: "a/x")
        try fixture.commit()
        let repository = try Repository(at: fixture.path)
        let all = try entries(repository, try tree(repository))
        #expect(all.map(\.path) == all.map(\.path).sorted())
        let listed = try fixture.git(bytes: ["ls-tree", "-r", "-z", "--full-tree", "HEAD"])
        let lines = all.flatMap { entry in
            let mode = String(entry.mode.rawValue, radix: 8)
            let kind = entry.mode == .submodule ? "commit" : "blob"
            return Array("\(mode) \(kind) \(entry.oid)\t".utf8) + entry.path.bytes + [0]
        }
        #expect(lines == listed)
        #expect(all.first { $0.path == "run.sh" }?.mode == .executable)
        #expect(all.first { $0.path == "link" }?.mode == .symlink)
    }

    @Test("keeps the bytes of names that are not UTF-8")
    func names() throws {
        let fixture = try GitFixture()
        let names: [[UInt8]] = [
            Array("caf".utf8) + [0xE9], [0xFF, 0xFE], Array("100%".utf8), Array("tab\there".utf8),
            Array("dir/".utf8) + [0x80, UInt8(ascii: "x")],
        ]
        for name in names { try fixture.write(bytes: name, name) }
        try fixture.commit()
        let repository = try Repository(at: fixture.path)
        let top = try tree(repository)
        let all = try entries(repository, top)
        #expect(Set(all.map(\.path.bytes)) == Set(names))
        for entry in all {
            let content = try repository.withBlob(entry.oid) { Array($0) }
            #expect(content == entry.path.bytes)
            #expect(try repository.entry(at: entry.path, in: top) == entry)
            #expect(GitPath(percentEncoded: entry.path.description) == entry.path)
        }
    }

    @Test("knows a submodule and does not enter it")
    func submodule() throws {
        let inner = try GitFixture()
        let commit = try inner.commit()
        let fixture = try GitFixture()
        try fixture.git(
            ["-c", "protocol.file.allow=always", "submodule", "--quiet", "add", inner.path, "lib"])
        try fixture.commit()
        let repository = try Repository(at: fixture.path)
        let top = try tree(repository)
        let all = try entries(repository, top)
        #expect(all.map(\.path) == [".gitmodules", "lib"])
        #expect(all.last?.mode == .submodule)
        #expect(all.last?.oid.hex == commit)
        #expect(!repository.hasObject(try oid(commit)))
        #expect(try repository.workingTreeChanges(against: top).isEmpty)
    }

    @Test("finds single paths, but no folders")
    func single() throws {
        let fixture = try GitFixture()
        try fixture.write("a/b/c.txt", "text\n")
        try fixture.commit()
        let repository = try Repository(at: fixture.path)
        let top = try tree(repository)
        #expect(try repository.entry(at: "a/b/c.txt", in: top)?.mode == .regular)
        for missing: GitPath in ["a", "a/b", "a/b/c", "a/b/c.txt/d", "", "a//b", "/a/b/c.txt"] {
            #expect(try repository.entry(at: missing, in: top) == nil, "\(missing)")
        }
    }

    @Test("an empty tree has no entries")
    func empty() throws {
        let fixture = try GitFixture()
        try fixture.commit()
        let repository = try Repository(at: fixture.path)
        #expect(try entries(repository, try tree(repository)).isEmpty)
    }

    @Test("reads trees of old and broken tools")
    func oddTrees() throws {
        let fixture = try GitFixture()
        try fixture.write("a", "text\n")
        try fixture.commit()
        let blob = try oid(try fixture.git("rev-parse", "HEAD:a"))
        func write(_ lines: [(String, String)]) throws -> ObjectID {
            var content: [UInt8] = []
            for (mode, name) in lines { content += Array("\(mode) \(name)\0".utf8) + blob.bytes }
            let hex = try fixture.git(
                bytes: ["hash-object", "-t", "tree", "-w", "--literally", "--stdin"],
                input: content)
            return try oid(String(decoding: hex.dropLast(), as: UTF8.self))
        }
        let repository = try Repository(at: fixture.path)
        let odd = try write([("100664", "z"), ("0100755", "b"), ("100600", "c"), ("100644", "c")])
        let all = try entries(repository, odd)
        #expect(all.map(\.path) == ["b", "c", "z"])
        #expect(all.map(\.mode) == [.executable, .regular, .regular])
        for bad in [[("100644", "a/b")], [("100644", "")], [("10x644", "a")]] {
            let tree = try write(bad)
            #expect { try entries(repository, tree) } throws: {
                ($0 as? GitError)?.code == .corruptObject
            }
        }
    }
}
