import Git
import GitdexTesting
import Postgres
import Storage
import Testing
import Webhook

@Suite("Events about issues and the like have them read again")
struct ItemEventTests {
    private typealias Fixture = WebhookFixture

    /// An event about something that is gone, and what is then doubted.
    struct Gone: Sendable {
        let event: String
        let body: String
        let kind: SyncedKind
        let id: Int
    }

    static let gone = [
        Gone(
            event: "issues", body: #""action": "deleted", "issue": {"id": 9, "number": 5}"#,
            kind: .issue, id: 5),
        Gone(
            event: "issues", body: #""action": "transferred", "issue": {"id": 9, "number": 5}"#,
            kind: .issue, id: 5),
        Gone(
            event: "issue_comment",
            body: #""action": "deleted", "issue": {"number": 5}, "comment": {"id": 77}"#,
            kind: .comment, id: 77),
        Gone(
            event: "pull_request_review_comment",
            body: #""action": "deleted", "comment": {"id": 78}"#, kind: .reviewComment, id: 78),
        Gone(
            event: "release", body: #""action": "deleted", "release": {"id": 12}"#, kind: .release,
            id: 12),
        Gone(
            event: "discussion",
            body: #""action": "deleted", "discussion": {"id": 1, "number": 8}"#,
            kind: .discussion, id: 8),
        Gone(
            event: "discussion_comment", body: #""action": "deleted", "comment": {"id": 79}"#,
            kind: .discussionComment, id: 79),
    ]

    private func body(_ fields: String) -> String {
        "{\(fields), \"repository\": \(Fixture.repository)}"
    }

    @Test(
        "where they are kept, and nowhere else",
        arguments: [
            "issues", "issue_comment", "pull_request_review", "pull_request_review_comment",
            "release", "discussion", "discussion_comment",
        ])
    func kept(_ event: String) async throws {
        let server = try Fixture()
        let repository = try server.connect()
        let opened = body(#""action": "opened""#)
        #expect(await server.deliver(event, opened).status == 202)
        #expect(try server.jobs().isEmpty)
        try RemoteStore(connection: server.database.connect()).setSynchronised(
            true, workspace: server.workspace, id: repository.id)
        #expect(await server.deliver(event, opened).status == 202)
        #expect(await server.deliver(event, opened).status == 202)
        // Many deliveries are one job, which waits a moment for more of them.
        #expect(try server.jobs() == ["sync \(repository.id)"])
    }

    @Test("and one that is said to be gone is doubted, not forgotten", arguments: gone)
    func doubted(_ case: Gone) async throws {
        let server = try Fixture()
        let repository = try server.connect()
        let connection = try server.database.connect()
        try RemoteStore(connection: connection).setSynchronised(
            true, workspace: server.workspace, id: repository.id)
        let store = SyncedStore(
            connection: connection, workspace: server.workspace, repository: repository.id)
        try store.write(
            [
                SyncedItemRecord(
                    kind: `case`.kind, externalID: `case`.id, number: 5, path: GitPath("x"),
                    title: "t",
                    url: "", author: nil, state: nil, createdAt: nil, updatedAt: nil, body: "{}",
                    text: [])
            ], seenAt: Timestamp(unixMicroseconds: 0))
        #expect(await server.deliver(`case`.event, body(`case`.body)).status == 202)
        let doubt = try #require(try store.nextDoubt())
        #expect(doubt.kind == `case`.kind && doubt.externalID == `case`.id)
        let deleted = try server.database.column(
            "SELECT deleted_at::text FROM synced_items WHERE deleted_at IS NOT NULL")
        #expect(deleted.isEmpty)
    }

    @Test("a field of another kind is refused")
    func malformed() async throws {
        let server = try Fixture()
        _ = try server.connect()
        let broken = body(#""action": "deleted", "issue": {"number": "five"}"#)
        #expect(await server.deliver("issues", broken).status == 400)
    }
}
