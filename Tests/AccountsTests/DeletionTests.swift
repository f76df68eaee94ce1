import GitdexTesting
import Postgres
import Queue
import Storage
import Testing
import Threads

@testable import Accounts

@Suite("Deleting a workspace")
struct DeletionTests {
    /// Two workspaces of one owner with rows in every table.
    private final class Setting {
        let fixture: AccountsFixture
        let owner: Principal
        let workspace: Membership
        let other: Membership
        let key: NewAPIKey
        let invitation: NewInvitation
        let rows: TenantRows

        init() throws {
            fixture = try AccountsFixture()
            let service = fixture.service()
            rows = TenantRows(connection: fixture.connection)
            owner = try fixture.signIn("owner").principal
            workspace = try service.createWorkspace(name: "Team", by: owner)
            other = try service.createWorkspace(name: "Other", by: owner)
            key = try service.createKey(
                name: "ci", scopes: [.search], in: workspace, by: owner)
            invitation = try service.invite(
                email: "ada@example.org", role: .reader, to: workspace, by: owner)
            _ = try service.createKey(name: "ci", scopes: [.search], in: other, by: owner)
            _ = try service.invite(
                email: "ada@example.org", role: .reader, to: other, by: owner)
            for space in [workspace, other] { try rows.fill(space.workspace) }
        }
    }

    @Test("leaves no row of it in any table, and every row of another")
    func everything() throws {
        let setting = try Setting()
        let service = setting.fixture.service()
        let before = try setting.rows.counts(setting.workspace.workspace)
        let empty = before.filter { $0.value == 0 }.keys.sorted()
        #expect(empty.isEmpty, "give these tables rows in TenantRows: \(empty)")
        let others = try setting.rows.counts(setting.other.workspace)
        try service.deleteWorkspace(setting.workspace, by: setting.owner)
        try service.eraseWorkspace(setting.workspace.workspace)
        let left = try setting.rows.counts(setting.workspace.workspace).filter { $0.value > 0 }
        #expect(left.isEmpty)
        #expect(
            try setting.fixture.connection.query(
                "SELECT FROM workspaces WHERE id = \(setting.workspace.workspace)"
            ).isEmpty)
        #expect(try setting.rows.counts(setting.other.workspace) == others)
        #expect(try service.workspaces(of: setting.owner) == [setting.other])
        // What is left says that it happened, and not what was in it.
        let audit = try setting.fixture.connection.query(
            "SELECT subject FROM audit WHERE event = 'workspace.deleted' AND workspace_id IS NULL")
        #expect(try audit.only().string(0) == "workspace:\(setting.workspace.publicID)")
    }

    @Test("takes effect at once, before its rows go")
    func atOnce() throws {
        let setting = try Setting()
        let service = setting.fixture.service()
        let (ada, _) = try setting.fixture.signIn("ada")
        try service.deleteWorkspace(setting.workspace, by: setting.owner)
        #expect(
            try service.membership(of: setting.owner, workspace: setting.workspace.publicID) == nil)
        #expect(try service.administered(workspace: setting.workspace.publicID) == nil)
        expectRefusal(.tokenInvalid) {
            _ = try service.authenticate(.apiKey(setting.key.text))
        }
        expectRefusal(.invitationInvalid) {
            _ = try service.acceptInvitation(token: setting.invitation.token, by: ada)
        }
        expectRefusal(.notFound) {
            try service.deleteWorkspace(setting.workspace, by: setting.owner)
        }
        expectRefusal(.notFound) {
            _ = try service.renameWorkspace(setting.workspace, to: "W", by: setting.owner)
        }
        #expect(throws: StorageError.self) {
            try IndexStore(
                connection: setting.fixture.program, workspace: setting.workspace.publicID)
        }
    }

    @Test("is an owner's alone")
    func roles() throws {
        let setting = try Setting()
        let (admin, asAdmin) = try setting.fixture.join(
            setting.workspace, as: .admin, "admin")
        expectRefusal(.forbidden) {
            try setting.fixture.service().deleteWorkspace(asAdmin, by: admin)
        }
        // Nothing is erased whose deletion nobody began.
        let before = try setting.rows.counts(setting.workspace.workspace)
        try setting.fixture.service().eraseWorkspace(setting.workspace.workspace)
        #expect(try setting.rows.counts(setting.workspace.workspace) == before)
    }

    @Test("takes the lease from what runs for it")
    func lease() throws {
        let setting = try Setting()
        let queue = JobQueue(connection: setting.fixture.program)
        var leases: [JobLease] = []
        while let lease = try queue.take(worker: "w", lease: .seconds(60)) { leases.append(lease) }
        let lease = try #require(
            leases.first { $0.job.workspace == setting.workspace.workspace })
        let other = try #require(leases.first { $0.job.workspace == setting.other.workspace })
        try queue.checkLease(lease)
        try setting.fixture.service().deleteWorkspace(setting.workspace, by: setting.owner)
        let error = #expect(throws: QueueError.self) { try queue.checkLease(lease) }
        #expect(error?.code == .leaseLost)
        #expect(try !queue.heartbeat(lease))
        try queue.checkLease(other)
    }

    @Test("waits for what is being indexed, which then can write nothing more")
    func running() throws {
        let setting = try Setting()
        let number = setting.workspace.workspace
        let indexer = try setting.fixture.connect()
        let store = try IndexStore(
            connection: indexer, workspace: setting.workspace.publicID)
        let repository = try #require(try store.repositories().first)
        let isErased = Monitor(false)
        let thread = SerialThread(name: "erase")
        let url = setting.fixture.database.url
        try store.withRefLock(repository: repository.id, name: "refs/heads/main") {
            try setting.fixture.service().deleteWorkspace(setting.workspace, by: setting.owner)
            thread.submit {
                try? AccountService(connection: try Connection(url, options: .program()))
                    .eraseWorkspace(number)
                isErased.change { $0 = true }
            }
            try waitForLock(setting.fixture)
            #expect(!isErased.change { $0 })
            // A run writes content before anybody sees it.
            try indexer.inScope(.workspace(number)) {
                try indexer.execute(
                    """
                    INSERT INTO contents VALUES (\(number), decode(repeat('aa', 32), 'hex'), 1, 1,
                        'b', 'late')
                    """)
            }
        }
        isErased.wait { $0 ? () : nil }
        #expect(try setting.rows.counts(number).allSatisfy { $0.value == 0 })
        // The next run of the same worker has its store still, and no ref to write into.
        #expect(throws: PostgresError.self) {
            try store.withRefLock(repository: repository.id, name: "refs/heads/main") {
                _ = try store.makeRef(named: "refs/heads/main", ofRepository: repository.id)
            }
        }
        #expect(try setting.rows.counts(number).allSatisfy { $0.value == 0 })
    }

    /// Until another session waits for an advisory lock.
    private func waitForLock(_ fixture: AccountsFixture) throws {
        for _ in 0..<20_000 {
            let waiting = try fixture.connection.query(
                "SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
            if !waiting.isEmpty { return }
        }
        Issue.record("nobody waits for the lock")
    }

    @Test("that was broken off goes on where it was")
    func brokenOff() throws {
        let setting = try Setting()
        let number = setting.workspace.workspace
        let service = setting.fixture.service()
        try service.deleteWorkspace(setting.workspace, by: setting.owner)
        try setting.fixture.connection.execute(
            "DELETE FROM ref_files WHERE workspace_id = \(number)")
        let spaces = WorkspaceStore(connection: setting.fixture.program)
        #expect(try spaces.beingDeleted() == [number])
        for number in try spaces.beingDeleted() { try service.eraseWorkspace(number) }
        #expect(try spaces.beingDeleted().isEmpty)
        #expect(try setting.rows.counts(number).allSatisfy { $0.value == 0 })
        try service.eraseWorkspace(number)
    }

    @Test("of many rows goes in parts")
    func parts() throws {
        let setting = try Setting()
        let number = setting.workspace.workspace
        try setting.fixture.connection.execute(
            """
            INSERT INTO paths SELECT \(number), 1, convert_to('p' || n, 'UTF8'), 'a'
            FROM generate_series(1, 45000) n
            """)
        try setting.fixture.service().deleteWorkspace(setting.workspace, by: setting.owner)
        try setting.fixture.service().eraseWorkspace(number)
        #expect(try setting.rows.counts(number).allSatisfy { $0.value == 0 })
    }
}
