import Git
import GitdexTesting
import Testing

@Suite("Revisions")
struct RevisionTests {
    @Test("HEAD without a commit is an unborn branch")
    func unborn() throws {
        let fixture = try GitFixture()
        let repository = try Repository(at: fixture.path)
        #expect(try repository.head() == .unborn(name: "main"))
        #expect(try repository.localBranches().isEmpty)
        #expect { try repository.resolve("HEAD") } throws: {
            ($0 as? GitError)?.code == .notFound
        }
    }

    @Test("HEAD is a branch, then detached")
    func head() throws {
        let fixture = try GitFixture()
        let first = try oid(try fixture.commit())
        try fixture.git("switch", "--quiet", "--create", "topic/one")
        let repository = try Repository(at: fixture.path)
        #expect(try repository.head() == .branch(name: "topic/one", commit: first))
        #expect(try repository.resolve("HEAD").referenceName == "refs/heads/topic/one")
        try fixture.git("switch", "--quiet", "--detach")
        #expect(try repository.head() == .detached(first))
        #expect(try repository.resolve("HEAD").referenceName == nil)
        let names = try repository.localBranches().map(\.name)
        #expect(names == ["main", "topic/one"])
    }

    @Test("a branch whose commit is not there is named, never left out")
    func lostBranch() throws {
        let fixture = try GitFixture()
        try fixture.commit("first")
        try fixture.git("branch", "sound")
        try fixture.git("symbolic-ref", "refs/heads/alias", "refs/heads/unborn")
        let repository = try Repository(at: fixture.path)
        #expect(try repository.localBranches().map(\.name) == ["main", "sound"])
        let tree = try fixture.git("rev-parse", "HEAD^{tree}")
        for (name, hex) in [("lost", String(repeating: "1", count: 40)), ("tree", tree)] {
            try fixture.write(".git/refs/heads/topic/\(name)", hex + "\n")
            #expect { try repository.localBranches() } throws: { error in
                guard let error = error as? GitError else { return false }
                #expect(error.code == (name == "lost" ? .notFound : .notACommit), "\(error)")
                return error.description.contains("branch \"topic/\(name)\"")
            }
            try fixture.remove(".git/refs/heads/topic/\(name)")
        }
    }

    @Test("finds branches, tags, remote branches, ids and expressions")
    func resolves() throws {
        let fixture = try GitFixture()
        let first = try fixture.commit("first")
        let second = try fixture.commit("second")
        try fixture.git("tag", "light", first)
        try fixture.git("tag", "--annotate", "--message", "one", "v1", first)
        try fixture.git("tag", "--annotate", "--message", "two", "nested", "v1")
        try fixture.git("update-ref", "refs/remotes/origin/dev", first)
        let repository = try Repository(at: fixture.path)
        let expected: [(String, String, String?)] = [
            ("main", second, "refs/heads/main"), ("refs/heads/main", second, "refs/heads/main"),
            ("light", first, "refs/tags/light"), ("v1", first, "refs/tags/v1"),
            ("nested", first, "refs/tags/nested"),
            ("origin/dev", first, "refs/remotes/origin/dev"),
            (first, first, nil), (String(first.prefix(8)), first, nil),
            ("HEAD~1", first, nil), ("main^", first, nil), ("HEAD", second, "refs/heads/main"),
        ]
        for (revision, commit, name) in expected {
            let resolved = try repository.resolve(revision)
            #expect(resolved.commit.hex == commit, "\(revision)")
            #expect(resolved.referenceName == name, "\(revision)")
            #expect(resolved.tree == (try repository.tree(of: resolved.commit)))
            #expect(resolved.tree.hex == (try fixture.git("rev-parse", commit + "^{tree}")))
        }
    }

    @Test(
        "says what is wrong with a revision",
        arguments: [
            ("nowhere", GitError.Code.notFound), ("main~9", .notFound), ("", .invalidRevision),
            (String(repeating: "1", count: 40), .notFound), ("HEAD^{tree}", .notACommit),
            ("blob", .notACommit), ("a..b", .invalidRevision), ("HEAD^{", .invalidRevision),
        ])
    func refuses(revision: String, code: GitError.Code) throws {
        let fixture = try GitFixture()
        try fixture.write("a.txt", "text\n")
        try fixture.commit()
        try fixture.git("tag", "blob", try fixture.git("rev-parse", "HEAD:a.txt"))
        let repository = try Repository(at: fixture.path)
        #expect { try repository.resolve(revision) } throws: { error in
            guard let error = error as? GitError else { return false }
            #expect(error.code == code, "\(error)")
            return error.description.contains("\"\(revision)\"")
        }
    }

    @Test("counts the commits that one has and another lacks")
    func counts() throws {
        let fixture = try GitFixture()
        let first = try oid(try fixture.commit("1"))
        try fixture.git("switch", "--quiet", "--create", "side")
        let side = try oid(try fixture.commit("side"))
        try fixture.git("switch", "--quiet", "main")
        try fixture.commit("2")
        try fixture.git("merge", "--quiet", "--no-ff", "--message", "merge", "side")
        let merge = try oid(try fixture.git("rev-parse", "HEAD"))
        let repository = try Repository(at: fixture.path)
        #expect(try repository.commitCount(from: nil, to: merge) == 4)
        #expect(try repository.commitCount(from: first, to: merge) == 3)
        #expect(try repository.commitCount(from: side, to: merge) == 2)
        #expect(try repository.commitCount(from: merge, to: first) == 0)
        let missing = try oid(String(repeating: "2", count: 40))
        #expect { try repository.commitCount(from: missing, to: merge) } throws: {
            ($0 as? GitError)?.code == .notFound
        }
    }

    @Test("reads what a shallow clone has")
    func shallow() throws {
        let fixture = try GitFixture()
        for step in 1...5 {
            try fixture.write("a.txt", "\(step)\n")
            try fixture.commit("\(step)")
        }
        let clone = fixture.folder + "/shallow"
        try fixture.git(
            ["clone", "--quiet", "--depth", "2", "file://" + fixture.path, clone])
        let repository = try Repository(at: clone)
        #expect(repository.isShallow)
        let head = try repository.resolve("HEAD")
        let parent = try repository.resolve("HEAD~1")
        #expect(try entries(repository, head.tree).map(\.path) == ["a.txt"])
        #expect(try repository.commitCount(from: nil, to: head.commit) == 2)
        #expect(try repository.commitCount(from: parent.commit, to: head.commit) == 1)
        #expect { try repository.resolve("HEAD~3") } throws: {
            ($0 as? GitError)?.code == .notFound
        }
    }
}
