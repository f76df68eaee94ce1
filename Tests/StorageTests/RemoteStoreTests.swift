import Postgres
import Storage
import Testing

@Suite("Remote repositories")
struct RemoteStoreTests {
    @Test("are connected once, under a name of their own")
    func connect() throws {
        let server = try ServerFixture()
        let first = try server.remotes.connect(
            workspace: server.workspace, url: "https://github.com/octo/hello.git",
            provider: "github", credentials: "c", webhookSecret: "s", providerID: 42)
        #expect(first.name == "hello")
        #expect(first.workspacePublicID == "local")
        #expect(first.encryptedCredentials == "c")
        #expect(first.encryptedWebhookSecrets == ["s"])
        #expect(first.providerID == 42)
        #expect(!first.isAccessDoubted && !first.archived && first.defaultRef == nil)
        let error = #expect(throws: StorageError.self) {
            try server.remotes.connect(
                workspace: server.workspace, url: "git@github.com:Octo/Hello.git")
        }
        #expect(error?.code == .alreadyConnected)
        let second = try server.remotes.connect(
            workspace: server.workspace, url: "https://gitlab.com/other/hello")
        #expect(second.name == "hello-2")
        #expect(try server.remotes.repositories(workspace: server.workspace) == [first, second])
        let other = try server.makeWorkspace("other")
        let third = try server.remotes.connect(
            workspace: other, url: "https://github.com/octo/hello")
        #expect(third.name == "hello")
        try server.remotes.disconnect(workspace: server.workspace, id: first.id)
        #expect(try server.remotes.repository(workspace: server.workspace, id: first.id) == nil)
        #expect(throws: StorageError.self) {
            try server.remotes.disconnect(workspace: server.workspace, id: third.id)
        }
        #expect(throws: StorageError.self) {
            try server.remotes.connect(workspace: other, url: "no address")
        }
    }

    @Test("are told from local ones")
    func local() throws {
        let server = try ServerFixture()
        let store = try IndexStore(connection: server.connection)
        let local = try store.createRepository(
            url: "/srv/hello", name: "hello", include: [], exclude: [])
        #expect(try server.remotes.repositories(workspace: server.workspace).isEmpty)
        #expect(try server.remotes.repository(workspace: server.workspace, id: local.id) == nil)
        #expect(
            try server.remotes.matching(
                providerID: nil, urls: ["/srv/hello"], fullName: "srv/hello"
            ).isEmpty)
        #expect(try server.remotes.dueForReconciliation(limit: 9, olderThan: 1).isEmpty)
    }

    @Test("match by number, else place, else full name, in each workspace")
    func matching() throws {
        let server = try ServerFixture()
        let other = try server.makeWorkspace("other")
        func connect(_ workspace: Int, _ url: String, _ number: Int? = nil) throws -> Int {
            try server.remotes.connect(workspace: workspace, url: url, providerID: number).id
        }
        let numbered = try connect(server.workspace, "https://github.com/octo/old", 7)
        let placed = try connect(server.workspace, "https://github.com/octo/hello")
        let elsewhere = try connect(other, "git@github.com:octo/hello.git")
        let named = try connect(other, "https://example.org/git/mona/spoon.git")
        func match(_ number: Int?, _ urls: [String], _ name: String?) throws -> [Int] {
            try server.remotes.matching(providerID: number, urls: urls, fullName: name).map(\.id)
        }
        let urls = ["https://github.com/octo/hello.git", "https://github.com/octo/hello"]
        #expect(try match(7, urls, "octo/hello") == [numbered, elsewhere])
        #expect(try match(8, urls, "octo/hello") == [placed, elsewhere])
        #expect(try match(nil, [], "Octo/Hello") == [placed, elsewhere])
        #expect(try match(nil, ["https://mirror/x/y"], "mona/spoon") == [named])
        #expect(try match(nil, [], nil).isEmpty)
        #expect(try match(9, ["https://mirror/x/y"], "x/y").isEmpty)
        // Another host counts its repositories itself.
        #expect(try match(7, ["https://github.example/x/y"], "x/y").isEmpty)
        #expect(try match(7, ["https://github.com/x/y"], "x/y") == [numbered])
        #expect(try match(7, [], nil) == [numbered])
        let several = try server.remotes.matching([
            RemoteNames(providerID: 7), RemoteNames(), RemoteNames(fullName: "MONA/spoon"),
        ])
        #expect(several.map { $0.map(\.id) } == [[numbered], [], [named]])
    }

    @Test("accept two secrets while one is changed, and one afterwards")
    func rotation() throws {
        let server = try ServerFixture()
        let id = try server.remotes.connect(
            workspace: server.workspace, url: "https://h/a/b", webhookSecret: "one"
        ).id
        func secrets() throws -> [String]? {
            try server.remotes.repository(workspace: server.workspace, id: id)?
                .encryptedWebhookSecrets
        }
        func set(_ secret: String?, _ seconds: Int) throws {
            try server.remotes.setWebhookSecret(
                secret, keepingPreviousFor: seconds, workspace: server.workspace, id: id)
        }
        try set("two", 3600)
        #expect(try secrets() == ["two", "one"])
        try set("three", 3600)
        #expect(try secrets() == ["three", "two"])
        try server.connection.execute(
            "UPDATE repositories SET previous_secret_until = now() - interval '1 second'")
        #expect(try secrets() == ["three"])
        try set("four", 0)
        #expect(try secrets() == ["four"])
        try set(nil, 60)
        #expect(try secrets() == ["four"])
        try set(nil, 0)
        #expect(try secrets() == [])
        try set("five", 60)
        #expect(try secrets() == ["five"])
    }

    @Test("are due for a look when none was taken for a while")
    func due() throws {
        let server = try ServerFixture()
        let ids = try ["a", "b", "c"].map {
            try server.remotes.connect(workspace: server.workspace, url: "https://h/x/\($0)").id
        }
        func due() throws -> [Int] {
            try server.remotes.dueForReconciliation(limit: 2, olderThan: 600).map(\.id)
        }
        #expect(try due() == [ids[0], ids[1]])
        for id in ids {
            let stored = try server.remotes.repository(workspace: server.workspace, id: id)
            try server.remotes.markReconciled(#require(stored), defaultRef: "refs/heads/main")
        }
        #expect(try due().isEmpty)
        try server.connection.execute(
            "UPDATE repositories SET last_reconciled_at = now() - interval '60 seconds'")
        #expect(try due().isEmpty)
        try server.remotes.setPollInterval(seconds: 30, workspace: server.workspace, id: ids[2])
        #expect(try due() == [ids[2]])
        let stored = try server.remotes.repository(workspace: server.workspace, id: ids[0])
        #expect(stored?.defaultRef == "refs/heads/main")
    }

    @Test("move with their provider's word, but never to another host nor back in time")
    func describe() throws {
        let server = try ServerFixture()
        let id = try server.remotes.connect(
            workspace: server.workspace, url: "https://bot@github.com/octo/hello.git",
            provider: "github"
        ).id
        func describe(_ url: String, at time: Int64, archived: Bool? = nil) throws -> String? {
            try server.remotes.describe(
                RemoteDescription(
                    providerID: 5, url: url, archived: archived,
                    describedAt: Timestamp(unixMicroseconds: time * 1_000_000)),
                workspace: server.workspace, id: id)
            return try server.remotes.repository(workspace: server.workspace, id: id)?.url
        }
        #expect(
            try describe("https://github.com/Mona/World.git", at: 100, archived: true)
                == "https://bot@github.com/Mona/World.git")
        let moved = try server.remotes.matching(
            providerID: nil, urls: ["https://github.com/mona/world"], fullName: nil)
        #expect(moved.map(\.id) == [id])
        #expect(moved.first?.archived == true)
        #expect(moved.first?.providerID == 5)
        #expect(
            try describe("https://github.com/octo/late.git", at: 99)
                == "https://bot@github.com/Mona/World.git")
        #expect(
            try describe("https://evil.example/mona/world.git", at: 101)
                == "https://bot@github.com/Mona/World.git")
        #expect(
            try describe("https://github.com/a/b.git", at: 102) == "https://bot@github.com/a/b.git")
        // Its place is another repository's already.
        _ = try server.remotes.connect(
            workspace: server.workspace, url: "https://bot@github.com/taken/name.git")
        #expect(
            try describe("https://github.com/taken/name.git", at: 103)
                == "https://bot@github.com/a/b.git")
    }

    @Test("that were said to be gone are in doubt until the remote answers")
    func doubt() throws {
        let server = try ServerFixture()
        let id = try server.remotes.connect(workspace: server.workspace, url: "https://h/a/b").id
        func isDoubted() throws -> Bool? {
            try server.remotes.repository(workspace: server.workspace, id: id)?.isAccessDoubted
        }
        #expect(try isDoubted() == false)
        func read() throws -> RemoteRepository {
            try #require(try server.remotes.repository(workspace: server.workspace, id: id))
        }
        let before = try read()
        try server.remotes.doubtAccess(workspace: server.workspace, id: id)
        #expect(try isDoubted() == true)
        // A comparison that began before says nothing about it, nor one before a second doubt.
        try server.remotes.markReconciled(before)
        #expect(try isDoubted() == true)
        let between = try read()
        try server.remotes.doubtAccess(workspace: server.workspace, id: id)
        try server.remotes.markReconciled(between)
        #expect(try isDoubted() == true)
        try server.remotes.markReconciled(read())
        #expect(try isDoubted() == false)
    }

    @Test("never revive a closed pull request by a late word of its opening")
    func pullRequests() throws {
        let server = try ServerFixture()
        let id = try server.remotes.connect(workspace: server.workspace, url: "https://h/a/b").id
        func record(_ isOpen: Bool, at second: Int64, number: Int = 1) throws -> Bool {
            try server.remotes.record(
                PullRequestRecord(
                    number: number, isOpen: isOpen,
                    updatedAt: Timestamp(unixMicroseconds: second * 1_000_000)),
                workspace: server.workspace, repository: id)
        }
        func open() throws -> [Int] {
            try server.remotes.openPullRequests(workspace: server.workspace, repository: id)
                .map(\.number)
        }
        #expect(try record(false, at: 20))
        #expect(try !record(true, at: 10))
        #expect(try !record(true, at: 20))
        #expect(try open().isEmpty)
        #expect(try record(true, at: 21))
        #expect(try open() == [1])
        #expect(try record(false, at: 21))
        #expect(try open().isEmpty)
        #expect(try record(true, at: 5, number: 2))
        func isFollowed(_ ref: String) throws -> Bool {
            try server.remotes.isFollowed(ref: ref, workspace: server.workspace, repository: id)
        }
        #expect(try isFollowed("refs/heads/main") && isFollowed("refs/tags/v1"))
        #expect(try isFollowed("refs/pull/2/head"))
        for ref in ["refs/pull/1/head", "refs/pull/3/head", "refs/pull/2/merge", "refs/notes/x"] {
            #expect(try !isFollowed(ref), "\(ref)")
        }
        #expect(
            try !server.remotes.record(
                PullRequestRecord(
                    number: 1, isOpen: true, updatedAt: Timestamp(unixMicroseconds: 1)),
                workspace: server.workspace, repository: id + 1))
    }
}
