import Foundation
import GitdexTesting
import Testing

@Suite("Accounts and workspaces on the command line")
struct AccountCommandTests {
    private static let password = "nine green lamps 41"

    /// Runs the command with a line of standard input, which no other user of the host sees.
    private func typed(
        _ bench: CommandBench, _ line: String, _ arguments: String...
    ) throws -> GitdexOutcome {
        try GitdexProcess(
            arguments,
            program: [
                "/bin/sh", "-c", "line=$1; shift; printf '%s\\n' \"$line\" | \"$0\" \"$@\"",
                GitdexProcess.executable, line,
            ], in: bench.fixture.path, environment: bench.environment
        ).finish()
    }

    private func add(_ bench: CommandBench, _ email: String) throws {
        let outcome = try typed(bench, Self.password, "user", "add", email)
        try #require(outcome.status == 0, "\(outcome.errors)")
    }

    @Test("make accounts, with a password that is typed or made by chance")
    func users() throws {
        let bench = try CommandBench()
        #expect(try bench.json("user", "list")["users"].elements.isEmpty)
        try add(bench, "Ada@Example.org")
        let bob = try bench.json("user", "add", "bob@example.org", "--generate")
        #expect(bob["email"].string == "bob@example.org")
        #expect(bob["password"].string?.count == 24)
        let users = try bench.json("user", "list")["users"]
        #expect(users[0]["email"].string == "ada@example.org")
        #expect(users[1]["id"].string == bob["id"].string)
        #expect(users[1]["password"].string == nil)
        let plain = try bench.gitdex("user", "list")
        #expect(
            plain.output.contains("ada@example.org") && plain.output.contains("never signed in"))
        expectRefusal(
            try typed(bench, Self.password, "user", "add", "ada@example.org"), status: 1, "exists")
        expectRefusal(
            try typed(bench, "short", "user", "add", "eve@example.org"), status: 2, "short")
        expectRefusal(try typed(bench, Self.password, "user", "add", "eve"), status: 2, "address")
        expectRefusal(try bench.gitdex("user", "add", "eve@example.org"), status: 2, "password")
        #expect(try bench.json("user", "list")["users"].elements.count == 2)
    }

    @Test("change passwords and close accounts")
    func administration() throws {
        let bench = try CommandBench()
        try add(bench, "ada@example.org")
        func hash() throws -> String {
            try #require(try bench.database.column("SELECT password_hash FROM users").first)
        }
        let before = try hash()
        #expect(before.hasPrefix("$pbkdf2-sha256$i=600000$"))
        let changed = try typed(
            bench, "eleven blue lamps 52", "user", "passwd", " ADA@example.org")
        #expect(changed.status == 0 && changed.output.contains("sessions have ended"))
        #expect(try hash() != before)
        #expect(try bench.json("user", "disable", "ada@example.org")["disabled"].bool == true)
        #expect(try bench.gitdex("user", "list").output.contains("(disabled)"))
        #expect(try bench.json("user", "enable", "ada@example.org")["disabled"].bool == false)
        for command in ["disable", "enable", "passwd"] {
            expectRefusal(
                try bench.gitdex("user", command, "eve@example.org"), status: 1, "no account",
                "gitdex user list")
        }
    }

    @Test("make workspaces and say who may do what in them")
    func workspaces() throws {
        let bench = try CommandBench()
        for name in ["ada", "bob"] { try add(bench, "\(name)@example.org") }
        let made = try bench.json("workspace", "create", "Team", "--owner", "ada@example.org")
        let id = try #require(made["id"].string)
        #expect(made["name"].string == "Team")
        #expect(try bench.json("workspace", "rename", id, "Crew")["name"].string == "Crew")
        let listed = try bench.json("workspace", "list")["workspaces"].elements
        #expect(listed.compactMap { $0["name"].string } == ["Crew", "local"])
        func roles(_ answer: JSONValue) -> [String] {
            answer["members"].elements.compactMap { $0["role"].string }
        }
        let members = ["workspace", "members"]
        func run(_ arguments: String...) throws -> JSONValue {
            let outcome = try bench.start(members + arguments + ["--json"]).finish()
            #expect(outcome.status == 0, "\(outcome.errors)")
            return try outcome.json()
        }
        #expect(try roles(run("list", id)) == ["owner"])
        #expect(
            try roles(run("add", id, "bob@example.org", "--role", "reader")) == ["owner", "reader"])
        #expect(try roles(run("role", id, "bob@example.org", "admin")) == ["owner", "admin"])
        expectRefusal(
            try bench.gitdex("workspace", "members", "remove", id, "ada@example.org"), status: 1,
            "without an owner")
        #expect(try roles(run("remove", id, "bob@example.org")) == ["owner"])
        let invitation = try run("invite", id, "eve@example.org")
        #expect(invitation["token"].string?.count == 43)
        #expect(invitation["role"].string == "member")
        expectRefusal(
            try bench.gitdex(
                "workspace", "members", "add", id, "bob@example.org", "--role", "king"),
            status: 2, "king")
        for command in [
            ["rename", "w", "x"], ["delete", "w", "--yes"], ["members", "list", "w"],
        ] {
            expectRefusal(
                try bench.start(["workspace"] + command).finish(), status: 1, "no workspace")
        }
        expectRefusal(
            try bench.gitdex("workspace", "delete", "local", "--yes"), status: 1, "this machine")
    }

    @Test("delete a workspace with its rows and its mirrors, when they mean it")
    func delete() throws {
        let bench = try CommandBench()
        try add(bench, "ada@example.org")
        let id = try #require(
            try bench.json("workspace", "create", "Team", "--owner", "ada@example.org")["id"].string
        )
        try bench.database.run(
            """
            INSERT INTO repositories (workspace_id, name, url, provider)
            SELECT id, 'r', 'https://example.org/r', 'git' FROM workspaces
            """)
        func place(_ workspace: String) throws -> String {
            let found = try bench.database.column(
                """
                SELECT r.workspace_id || '/' || r.id FROM repositories r
                    JOIN workspaces w ON w.id = r.workspace_id WHERE w.public_id = '\(workspace)'
                """)
            return try #require(found.first)
        }
        let folder = bench.fixture.folder + "/data/mirrors"
        let mirror = "\(folder)/\(try place(id)).git"
        let other = "\(folder)/\(try place("local")).git"
        for path in [mirror, other] {
            try FileManager.default.createDirectory(
                atPath: path + "/objects", withIntermediateDirectories: true)
        }
        expectRefusal(try bench.gitdex("workspace", "delete", id), status: 2, "--yes")
        #expect(try bench.json("workspace", "list")["workspaces"].elements.count == 2)
        #expect(try bench.gitdex("workspace", "delete", id, "--yes").status == 0)
        #expect(try bench.json("workspace", "list")["workspaces"].elements.count == 1)
        #expect(try bench.database.column("SELECT name FROM repositories").count == 1)
        #expect(!FileManager.default.fileExists(atPath: mirror))
        #expect(FileManager.default.fileExists(atPath: other))
        expectRefusal(
            try bench.gitdex("workspace", "delete", id, "--yes"), status: 1, "no workspace")
    }

    @Test("encrypt every secret anew, and say which ones no key fits")
    func rotate() throws {
        let bench = try CommandBench()
        func makeKey() throws -> String {
            try #require(try bench.json("key", "generate")["key"].string)
        }
        let (old, new) = (try makeKey(), try makeKey())
        // A token of the Fernet specification, and the key that made it.
        let known = "cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4="
        let token =
            "gAAAAAAdwJ6wAAECAwQFBgcICQoLDA0ODy021cpGVWKZ_eEwCGM4BLLF_5CV9dOPmrhuVUPgJobwOz7JcbmrR64jVmpU4IwqDA=="
        try bench.database.run(
            """
            INSERT INTO repositories (workspace_id, name, url, provider, credentials, webhook_secret)
            SELECT id, 'r', 'https://example.org/r', 'git', '\(token)', '\(token)' FROM workspaces
            """)
        func rotate(_ keys: String) throws -> GitdexOutcome {
            bench.environment["ENCRYPTION_KEY"] = keys
            return try bench.gitdex("key", "rotate", "--json")
        }
        func sum(_ outcome: GitdexOutcome, _ name: String) throws -> Int {
            try outcome.json()["columns"].elements.compactMap { $0[name].int }.reduce(0, +)
        }
        let missing = try rotate("\(new),\(old)")
        #expect(missing.status == 1)
        #expect(missing.errors.contains("repositories.credentials"))
        #expect(missing.errors.contains("ENCRYPTION_KEY"))
        let moved = try rotate("\(new),\(known)")
        #expect(moved.status == 0)
        #expect(try sum(moved, "changed") == 2)
        let again = try rotate(new)
        #expect(again.status == 0)
        #expect(try sum(again, "changed") == 0)
        #expect(try sum(again, "kept") == 2)
        let stored = try bench.database.column("SELECT credentials FROM repositories").first
        #expect(stored != token)
        let events = try bench.database.column("SELECT event FROM audit")
        #expect(events == Array(repeating: "encryption.rotated", count: 3))
    }
}
