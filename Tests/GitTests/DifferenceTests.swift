import Foundation
import Git
import GitdexTesting
import Testing

@Suite("Comparing trees")
struct DifferenceTests {
    /// Compares two commits and, unless told not to, checks the answer against git's own.
    private func statuses(
        _ fixture: GitFixture, _ old: String, _ new: String, renames: Bool = true,
        checked: Bool = true
    ) throws -> [String] {
        let repository = try Repository(at: fixture.path)
        let changes = try repository.diff(
            from: try tree(repository, old), to: try tree(repository, new), renames: renames)
        let found = changes.map(\.status)
        if checked {
            let listed = try fixture.git(
                ["diff-tree", "-r", "--name-status", renames ? "-M" : "--no-renames", old, new])
            let expected = listed.split(separator: "\n").map { line in
                let words = line.split(separator: "\t")
                return ([words[0].prefix(1)] + words.dropFirst()).joined(separator: " ")
            }
            #expect(found.sorted() == expected.sorted())
        }
        return found
    }

    @Test("sees additions, deletions, edits, modes and types")
    func kinds() throws {
        let fixture = try GitFixture()
        for name in ["edit", "gone", "mode", "type", "same/deep/file", "dir/a"] {
            try fixture.write(name, "\(name) has some text\n")
        }
        let old = try fixture.commit()
        try fixture.write("edit", "other words\n")
        try fixture.remove("gone")
        try fixture.setMode(0o755, of: "mode")
        try fixture.remove("type")
        try fixture.link("type", to: "edit")
        try fixture.write("dir/b", "completely new\n")
        let new = try fixture.commit()
        let found = try statuses(fixture, old, new)
        #expect(found == ["A dir/b", "M edit", "D gone", "M mode", "T type"])
    }

    @Test("takes the empty tree on either side")
    func empty() throws {
        let fixture = try GitFixture()
        try fixture.write("a/b", "1\n")
        try fixture.write("c", "2\n")
        try fixture.commit()
        let repository = try Repository(at: fixture.path)
        let top = try tree(repository)
        let added = try repository.diff(from: nil, to: top, renames: true)
        #expect(added.map(\.status) == ["A a/b", "A c"])
        let deleted = try repository.diff(from: top, to: nil, renames: true)
        #expect(deleted.map(\.status) == ["D a/b", "D c"])
        #expect(try repository.diff(from: top, to: top, renames: true).isEmpty)
        #expect(try repository.diff(from: nil, to: nil, renames: true).isEmpty)
    }

    @Test("a file that becomes a folder is a deletion and additions, in path order")
    func fileToFolder() throws {
        let fixture = try GitFixture()
        try fixture.write("a", "file\n")
        try fixture.write("a.txt", "stays\n")
        let old = try fixture.commit()
        try fixture.remove("a")
        try fixture.write("a/b", "one thing\n")
        try fixture.write("a/c", "another thing\n")
        let new = try fixture.commit()
        #expect(try statuses(fixture, old, new) == ["D a", "A a/b", "A a/c"])
        #expect(try statuses(fixture, new, old) == ["A a", "D a/b", "D a/c"])
    }

    @Test("a rename keeps its pair, with or without an edit")
    func renames() throws {
        let fixture = try GitFixture()
        let text = (0..<40).map { "line number \($0)\n" }.joined()
        try fixture.write("exact", text)
        try fixture.write("edited", text + "one\n")
        try fixture.write("lost", "nothing alike: 0123456789\n")
        try fixture.write("Case.txt", "only the case changes\n")
        let old = try fixture.commit()
        try fixture.git("mv", "exact", "moved-exact")
        try fixture.git("mv", "edited", "edited2")
        try fixture.write("edited2", "first\n" + text)
        try fixture.git("mv", "Case.txt", "case.txt")
        try fixture.remove("lost")
        try fixture.write("found", "something else entirely, with more words in it\n")
        let new = try fixture.commit()
        let found = try statuses(fixture, old, new)
        let expected = [
            "R Case.txt case.txt", "R edited edited2", "A found", "D lost", "R exact moved-exact",
        ]
        #expect(found == expected)
        let plain = try statuses(fixture, old, new, renames: false)
        #expect(plain.contains("D exact") && plain.contains("A moved-exact"))
    }

    @Test("a folder renamed keeps each file's pair by name")
    func folderRename() throws {
        let fixture = try GitFixture()
        for name in ["x", "y", "z"] { try fixture.write("old/\(name)", "same licence text\n") }
        let old = try fixture.commit()
        try fixture.git("mv", "old", "new")
        let new = try fixture.commit()
        let found = try statuses(fixture, old, new)
        #expect(found == ["R old/x new/x", "R old/y new/y", "R old/z new/z"])
    }

    @Test("a blob that is absent or damaged only costs the label of its rename")
    func unreadableBlobs() throws {
        let fixture = try GitFixture()
        let text = (0..<40).map { "line number \($0)\n" }.joined()
        for name in ["absent", "damaged", "sound"] { try fixture.write(name, name + "\n" + text) }
        let old = try fixture.commit()
        for name in ["absent", "damaged", "sound"] {
            try fixture.git("mv", name, "new-" + name)
            try fixture.write("new-" + name, name + "\n" + text + "more\n")
        }
        let new = try fixture.commit()
        func file(_ name: String) throws -> String {
            let hex = try fixture.git("rev-parse", "\(old):\(name)")
            return ".git/objects/\(hex.prefix(2))/\(hex.dropFirst(2))"
        }
        try fixture.remove(try file("absent"))
        let damaged = try file("damaged")
        try fixture.remove(damaged)
        try fixture.write(damaged, "these are no compressed bytes")
        let found = try statuses(fixture, old, new, checked: false)
        // The files are as similar to each other, so each new one could only come from `sound`.
        let renames = found.filter { $0.hasPrefix("R ") }
        #expect(renames == ["R sound new-sound"])
        #expect(found.contains("D absent") && found.contains("D damaged"))
        #expect(found.count == 5)
    }

    @Test("a very large change is paired by identical content only, and quickly")
    func manyRenames() throws {
        let fixture = try GitFixture()
        var stream = ""
        func add(_ ref: String, _ line: (Int) -> (path: String, text: String)) {
            stream += "commit refs/heads/\(ref)\ncommitter A <a@example.com> 0 +0000\ndata 0\n"
            for index in 0..<600 {
                let (path, text) = line(index)
                stream += "M 644 inline \(path)\ndata \(text.utf8.count)\n\(text)\n"
            }
        }
        let rest = "with a common line\nand one more\n"
        add("old") { ("a/\($0)", "file \($0)\n" + rest) }
        add("new") { ("b/\($0)", ($0 < 550 ? "File" : "file") + " \($0)\n" + rest) }
        try fixture.git(bytes: ["fast-import", "--quiet"], input: Array(stream.utf8))
        let (old, new) = ("old", "new")
        let found = try statuses(fixture, old, new, checked: false)
        #expect(found.count { $0.hasPrefix("R") } == 50)
        #expect(found.count { $0.hasPrefix("A") } == 550)
        #expect(found.count { $0.hasPrefix("D") } == 550)
    }

    @Test("a submodule moves forward as a change")
    func submodule() throws {
        let fixture = try GitFixture()
        let one = String(repeating: "1", count: 40)
        let two = String(repeating: "2", count: 40)
        try fixture.git("update-index", "--add", "--cacheinfo", "160000,\(one),lib")
        let old = try fixture.commitStaged()
        try fixture.git("update-index", "--cacheinfo", "160000,\(two),lib")
        let new = try fixture.commitStaged()
        #expect(try statuses(fixture, old, new) == ["M lib"])
    }
}
