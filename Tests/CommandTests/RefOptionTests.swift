import GitdexTesting
import Testing

/// What `gitdex index` can be pointed at.
@Suite("Index follows whatever it is pointed at")
struct RefOptionTests {
    private func filled() throws -> CommandBench {
        let bench = try CommandBench()
        try bench.fixture.write("src/a.py", "def first():\n    return 1\n")
        try bench.fixture.write("docs/b.md", "# Guide\n\nHow to begin.\n")
        try bench.fixture.commit()
        return bench
    }

    @Test("every branch with --all-branches")
    func allBranches() throws {
        let bench = try filled()
        try bench.fixture.git("checkout", "-q", "-b", "side")
        try bench.fixture.write("src/only_here.py", "def only_here():\n    return 2\n")
        try bench.fixture.commit()
        let document = try bench.json("index", "--all-branches")
        let reports = document["refs"].elements
        #expect(
            reports.map { $0["ref"].string } == ["refs/heads/main", "refs/heads/side"])
        #expect(reports.map { $0["files"]["total"].int } == [2, 3])
        #expect(reports[1]["embedded"].int == 1)
        for branch in ["main", "side"] { try bench.verifiedDigest("--ref", branch) }
        let found = try bench.json("search", "only_here", "--mode", "symbol", "--ref", "side")
        #expect(found["results"].elements.count == 1)
        let other = try bench.json("search", "only_here", "--mode", "symbol", "--ref", "main")
        #expect(other["results"] == .list([]))
    }

    @Test("a tag, a detached HEAD and an older commit")
    func kinds() throws {
        let bench = try filled()
        try bench.fixture.git("tag", "-a", "v1", "-m", "one")
        let first = try bench.fixture.git("rev-parse", "HEAD")
        try bench.fixture.commit("two")
        let tag = try bench.json("index", "--ref", "v1")
        #expect(tag["ref"].string == "refs/tags/v1")
        #expect(tag["to"].string == first)
        let older = try bench.json("index", "--ref", "HEAD~1")
        #expect(older["ref"].string == first)
        #expect(older["digest"] == tag["digest"])
        #expect(older["embedded"].int == 0)
        let head = try bench.fixture.git("rev-parse", "HEAD")
        try bench.fixture.git("checkout", "-q", "--detach")
        let detached = try bench.json("index")
        #expect(detached["ref"].string == head)
        #expect(try bench.verifiedDigest("--ref", "v1") == tag["digest"].string)
    }

    @Test("the working tree with --worktree, which leaves the branch alone")
    func workingTree() throws {
        let bench = try filled()
        let committed = try bench.json("index")
        try bench.fixture.write("src/a.py", "def changed():\n    return 9\n")
        try bench.fixture.write("new.py", "def not_yet_committed():\n    return 3\n")
        let working = try bench.json("index", "--worktree")
        let name = try #require(working["ref"].string)
        #expect(name != "refs/heads/main")
        #expect(working["files"]["total"].int == 3)
        #expect(working["embedded"].int == 2)
        #expect(try bench.json("index")["digest"] == committed["digest"])
        let found = try bench.json("search", "not_yet_committed", "--mode", "symbol", "--ref", name)
        #expect(found["results"][0]["path"].string == "new.py")
        try bench.fixture.commit()
        let after = try bench.json("index")
        #expect(after["embedded"].int == 0)
        #expect(after["digest"] == working["digest"])
    }

    @Test("only some paths, kept with the repository until they are named again")
    func patterns() throws {
        let bench = try filled()
        let whole = try bench.json("index")
        #expect(try bench.json("index", "--include", "src/**")["files"]["total"].int == 1)
        #expect(try bench.json("index")["files"]["total"].int == 1)
        #expect(try bench.json("status")["refs"][0]["include"] == .list([.text("src/**")]))
        try bench.verifiedDigest()
        try bench.fixture.write("docs/c.md", "# More\n")
        try bench.fixture.write("src/c.py", "def third():\n    return 3\n")
        try bench.fixture.commit()
        #expect(try bench.json("index")["files"]["total"].int == 2)
        let none = try bench.json("index", "--include", "", "--exclude", "*.py")
        #expect(none["files"]["total"].int == 2)
        #expect(try bench.json("status")["refs"][0]["exclude"] == .list([.text("*.py")]))
        try bench.verifiedDigest()
        try bench.fixture.git("reset", "-q", "--hard", "HEAD~1")
        let reset = try bench.json("index", "--exclude", "")
        #expect(reset["digest"] == whole["digest"])
        #expect(reset["embedded"].int == 0)
    }

    @Test("--full reads all again and comes to the same")
    func full() throws {
        let bench = try filled()
        let first = try bench.json("index")
        let again = try bench.json("index", "--full")
        #expect(again["digest"] == first["digest"])
        #expect(again["files"]["total"] == first["files"]["total"])
        try bench.verifiedDigest()
    }

    @Test("a bare repository, named by its path")
    func bare() throws {
        let bench = try filled()
        let bare = bench.fixture.folder + "/shop.git"
        try bench.fixture.git("clone", "-q", "--bare", bench.fixture.path, bare)
        let report = try bench.json("index", bare)
        #expect(report["repository"].string == "shop")
        #expect(report["files"]["total"].int == 2)
        let answer = try bench.json("search", "first", "--repo", bare)
        #expect(answer["results"][0]["repository"].string == "shop")
        #expect(try bench.gitdex("verify", bare).status == 0)
        #expect(try bench.json("index")["digest"] == report["digest"])
    }

    @Test("two repositories of one name, each found by its path")
    func sameName() throws {
        let bench = try filled()
        let other = try GitFixture()
        try other.write("other.py", "def elsewhere():\n    return 1\n")
        try other.commit()
        let names = [
            try bench.json("index")["repository"].string,
            try bench.json("index", in: other.path)["repository"].string,
        ]
        #expect(Set(names).count == 2)
        let answer = try bench.json("search", "elsewhere first", "--repo", other.path)
        #expect(answer["results"].elements.map { $0["path"].string } == ["other.py"])
        #expect(try bench.json("search", "elsewhere first")["freshness"].elements.count == 2)
    }

    @Test("a path that is not UTF-8, percent-encoded at the edges")
    func otherEncoding() throws {
        let bench = try filled()
        try bench.fixture.write(
            bytes: Array("caf".utf8) + [0xE9] + Array(".py".utf8),
            Array("def coffee():\n    return 1\n".utf8))
        try bench.fixture.commit()
        let digest = try bench.json("index")["digest"].string
        let answer = try bench.json("search", "coffee", "--mode", "symbol")
        #expect(answer["results"][0]["path"].string?.lowercased() == "caf%e9.py")
        let related = try bench.json("related", "caf%E9.py:1")
        #expect(related["query"].string == "caf%E9.py:1")
        #expect(try bench.verifiedDigest() == digest)
    }

    @Test("a folder inside the repository, and an empty tree")
    func inside() throws {
        let bench = try filled()
        let report = try bench.json("index", in: bench.fixture.path + "/src")
        #expect(report["files"]["total"].int == 2)
        try bench.fixture.git("rm", "-r", "-q", ".")
        try bench.fixture.commitStaged()
        let empty = try bench.json("index")
        #expect(empty["files"]["total"].int == 0)
        #expect(empty["files"]["deleted"].int == 2)
        #expect(try bench.verifiedDigest() == empty["digest"].string)
        #expect(try bench.json("search", "first")["results"] == .list([]))
    }
}
