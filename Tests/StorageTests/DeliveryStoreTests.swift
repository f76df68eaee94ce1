import Postgres
import Storage
import Testing

@Suite("Deliveries")
struct DeliveryStoreTests {
    private func delivery(
        _ guid: String, workspace: Int, repository: Int? = nil, body: [UInt8] = Array("{}".utf8)
    ) -> NewDelivery {
        NewDelivery(
            workspace: workspace, repository: repository, guid: guid, event: "push",
            contentType: .json, body: body)
    }

    @Test("are written once for each workspace, in the order that was asked for")
    func writing() throws {
        let server = try ServerFixture()
        let other = try server.makeWorkspace("other")
        let written = try server.deliveries.write([
            delivery("b", workspace: server.workspace), delivery("a", workspace: server.workspace),
            delivery("b", workspace: other), delivery("b", workspace: server.workspace),
        ])
        #expect(written.map(\.verdict) == [.new, .new, .new, .duplicate])
        #expect(written[0].id == written[3].id)
        let again = try server.deliveries.write([
            delivery("c", workspace: server.workspace), delivery("a", workspace: server.workspace),
        ])
        #expect(again.map(\.verdict) == [.new, .duplicate])
        #expect(again[1].id == written[1].id)
        let list = try server.deliveries.list(workspace: server.workspace, limit: 10)
        #expect(list.map(\.guid).sorted() == ["a", "b", "c"])
        #expect(try server.deliveries.list(workspace: other, limit: 10).map(\.guid) == ["b"])
    }

    @Test("run again only when a job of their last run failed")
    func again() throws {
        let server = try ServerFixture()
        let workspace = server.workspace
        func write() throws -> DeliveryStore.Written {
            try server.deliveries.write([delivery("a", workspace: workspace)])[0]
        }
        func link(_ written: DeliveryStore.Written, _ job: Int) throws {
            try server.deliveries.link([(workspace, written.id, written.run, job)])
        }
        let first = try write()
        let good = try server.makeJob("good")
        let bad = try server.makeJob("bad")
        try link(first, good)
        try link(first, bad)
        func outcome() throws -> StoredDelivery.Outcome? {
            try server.deliveries.delivery(workspace: workspace, id: first.id)?.outcome
        }
        #expect(try write().verdict == .duplicate)
        #expect(try outcome() == .pending)
        try server.end(job: good, as: "done")
        try server.end(job: bad, as: "failed")
        #expect(try outcome() == .failed)
        let second = try write()
        #expect(second.verdict == .again)
        #expect(second.run == 2)
        let retried = try server.makeJob("bad")
        try link(second, retried)
        #expect(try write().verdict == .duplicate)
        try server.end(job: retried, as: "superseded")
        #expect(try write().verdict == .duplicate)
        #expect(try outcome() == .done)
        let third = try server.deliveries.beginRun(workspace: workspace, id: first.id)
        #expect(third.run == 3)
        #expect(try outcome() == .noted)
        #expect(throws: StorageError.self) {
            try server.deliveries.beginRun(workspace: workspace, id: 999)
        }
    }

    @Test("keep their bytes, page by number, and outlive their repository")
    func reading() throws {
        let server = try ServerFixture()
        let workspace = server.workspace
        let repository = try server.remotes.connect(workspace: workspace, url: "https://h/a/b").id
        let bytes = (0..<5000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        let written = try server.deliveries.write(
            (0..<5).map {
                delivery(
                    "g\($0)", workspace: workspace, repository: $0 == 2 ? repository : nil,
                    body: bytes)
            })
        #expect(try server.deliveries.body(workspace: workspace, id: written[4].id) == bytes)
        let page = try server.deliveries.list(workspace: workspace, limit: 2)
        #expect(page.map(\.guid) == ["g4", "g3"])
        let next = try server.deliveries.list(workspace: workspace, before: page[1].id, limit: 9)
        #expect(next.map(\.guid) == ["g2", "g1", "g0"])
        #expect(next[0].repositoryName == "b")
        #expect(next[0].sizeBytes == 5000)
        #expect(
            try server.deliveries.list(workspace: workspace, repository: repository, limit: 9)
                .map(\.guid) == ["g2"])
        #expect(
            try server.deliveries.delivery(workspace: workspace, guid: "g2")?.repository
                == repository)
        try server.remotes.disconnect(workspace: workspace, id: repository)
        let orphan = try server.deliveries.delivery(workspace: workspace, guid: "g2")
        #expect(orphan != nil && orphan?.repository == nil)
        #expect(throws: StorageError.self) {
            try server.deliveries.body(workspace: workspace + 1, id: written[0].id)
        }
    }

    @Test("are dropped when they are old, with their links")
    func pruning() throws {
        let server = try ServerFixture()
        let workspace = server.workspace
        let written = try server.deliveries.write([
            delivery("old", workspace: workspace), delivery("new", workspace: workspace),
        ])
        try server.deliveries.link([(workspace, written[0].id, 1, try server.makeJob())])
        try server.connection.execute(
            "UPDATE deliveries SET received_at = now() - interval '8 days' WHERE guid = 'old'")
        #expect(try server.deliveries.prune(olderThan: 7 * 86400) == 1)
        #expect(
            try server.deliveries.list(workspace: workspace, limit: 9).map(\.guid) == ["new"])
        let links = try server.connection.query("SELECT count(*) FROM delivery_jobs").only()
        #expect(try links.int(0) == 0)
    }
}
