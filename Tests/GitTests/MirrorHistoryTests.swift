import Git
import GitdexTesting
import Testing

@Suite("A mirror through random histories of its remote")
struct MirrorHistoryTests {
    private static let names = [
        "refs/heads/main", "refs/heads/a", "refs/heads/a/b", "refs/heads/a/b/c", "refs/heads/b",
        "refs/heads/é", "refs/tags/v1", "refs/tags/v1/rc", "refs/tags/v2", "refs/pull/1/head",
        "refs/pull/1/merge", "refs/pull/12/head", "refs/notes/commits",
    ]

    @Test("has exactly the references of the remote after each fetch", arguments: 0..<8)
    func random(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed + 1))
        let remote = try GitRemote()
        let url = seed % 2 == 0 ? remote.url : remote.fixture.path
        let path = remote.fixture.folder + "/mirror.git"
        var mirror = try Mirror(at: path, url: url, options: remote.options)
        var objects = [try commit(remote, [], 0)]
        for round in 1...12 {
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                try change(remote, &objects, round, &random)
            }
            if Int.random(in: 0..<4, using: &random) == 0 {
                try remote.git("pack-refs", "--all")
            }
            if Int.random(in: 0..<3, using: &random) == 0 {
                mirror = try Mirror(at: path, url: url, options: remote.options)
            }
            let listed = try Remote.references(at: url, options: remote.options).references
            let asked = Set(listed.map(\.name)).union(try mirror.references().keys)
            let result = try mirror.fetch(
                refs: asked.sorted { _, _ in Bool.random(using: &random) })
            let wanted = try references(remote)
            #expect(result == wanted)
            #expect(try mirror.references() == wanted)
        }
        try remote.fixture.git(["fsck", "--strict"], in: path)
    }

    /// A reference comes, moves anywhere, goes, or takes another's place.
    private func change(
        _ remote: GitRemote, _ objects: inout [String], _ round: Int,
        _ random: inout SeededGenerator
    ) throws {
        let name = Self.names.randomElement(using: &random) ?? "refs/heads/main"
        if Int.random(in: 0..<4, using: &random) == 0 {
            if try references(remote)[name] != nil { try remote.git("update-ref", "-d", name) }
            return
        }
        if Bool.random(using: &random) {
            let parents = objects.shuffled(using: &random).prefix(
                Int.random(in: 0...2, using: &random))
            objects.append(try commit(remote, Array(parents), round))
        }
        for other in try references(remote).keys
        where other.hasPrefix(name + "/") || name.hasPrefix(other + "/") {
            try remote.git("update-ref", "-d", other)
        }
        let target = objects.randomElement(using: &random) ?? objects[0]
        if name.hasPrefix("refs/tags/"), Bool.random(using: &random) {
            let tag = String(name.dropFirst("refs/tags/".count))
            try remote.git("tag", "--force", "--annotate", "--message", "\(round)", tag, target)
        } else {
            try remote.git("update-ref", name, target)
        }
    }

    private func commit(_ remote: GitRemote, _ parents: [String], _ round: Int) throws -> String {
        let blob = try remote.fixture.git(
            bytes: ["hash-object", "-w", "--stdin"], input: Array("\(parents) \(round)\n".utf8))
        let entry = "100644 blob " + String(decoding: blob.dropLast(), as: UTF8.self) + "\tfile\n"
        let tree = try remote.fixture.git(bytes: ["mktree"], input: Array(entry.utf8))
        return try remote.fixture.git(
            ["commit-tree", "-m", "\(round)", String(decoding: tree.dropLast(), as: UTF8.self)]
                + parents.flatMap { ["-p", $0] })
    }

    private func references(_ remote: GitRemote) throws -> [String: ObjectID] {
        let lines = try remote.git("for-each-ref", "--format=%(objectname) %(refname)")
            .split(separator: "\n")
        return Dictionary(
            uniqueKeysWithValues: try lines.map {
                (String($0.dropFirst(41)), try oid(String($0.prefix(40))))
            })
    }
}
