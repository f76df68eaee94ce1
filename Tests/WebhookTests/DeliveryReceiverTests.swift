import GitdexTesting
import Postgres
import Storage
import Testing
import Webhook

@Suite("The receiver lets in what is signed")
struct DeliveryReceiverTests {
    private typealias Fixture = WebhookFixture

    @Test("with the global secret or one of the repository's own, and nothing else")
    func secrets() async throws {
        let server = try Fixture(globalSecrets: ["one", "two"])
        let repository = try server.connect(secret: "own")
        for secret in ["one", "two", "own"] {
            let outcome = await server.deliver("push", Fixture.push(), secret: secret)
            #expect(outcome.status == 202, "\(secret)")
        }
        for secret in ["three", "", "own ", "One"] {
            let outcome = await server.deliver("push", Fixture.push(), secret: secret)
            #expect(outcome == .unauthorized, "\(secret)")
        }
        let connection = try server.database.connect()
        try RemoteStore(connection: connection).setWebhookSecret(
            try server.encrypt("new"), keepingPreviousFor: 60, workspace: server.workspace,
            id: repository.id)
        for secret in ["new", "own"] {
            #expect(await server.deliver("push", Fixture.push(), secret: secret).status == 202)
        }
        try connection.execute(
            "UPDATE repositories SET previous_secret_until = now() - interval '1 second'")
        #expect(await server.deliver("push", Fixture.push(), secret: "own") == .unauthorized)
        #expect(await server.deliver("push", Fixture.push(), secret: "new").status == 202)
    }

    @Test("and nothing where no secret is configured")
    func noSecret() async throws {
        let server = try Fixture(globalSecrets: [])
        try server.connect()
        for secret in ["", "guess", String(repeating: "n", count: 32)] {
            #expect(
                await server.deliver("push", Fixture.push(), secret: secret) == .unauthorized)
        }
        #expect(try server.jobs().isEmpty)
        let empty = try Fixture(globalSecrets: [""])
        try empty.connect()
        #expect(await empty.deliver("push", Fixture.push(), secret: "") == .unauthorized)
    }

    @Test("and a secret that cannot be decrypted fits nothing")
    func undecryptable() async throws {
        let server = try Fixture(globalSecrets: [])
        try server.connect(secret: "own")
        try server.database.connect().execute("UPDATE repositories SET webhook_secret = 'damaged'")
        #expect(await server.deliver("push", Fixture.push(), secret: "own") == .unauthorized)
        #expect(await server.deliver("push", Fixture.push(), secret: "damaged") == .unauthorized)
    }

    @Test("by SHA-256 alone, over the bytes as they came")
    func headers() async throws {
        let server = try Fixture()
        try server.connect()
        let body = Array(Fixture.push().utf8)
        let good = Fixture.headers("push", body, guid: "g", secret: Fixture.globalSecret)
        func receive(_ change: (inout [String: String]) -> Void, _ bytes: [UInt8]? = nil) async
            -> DeliveryOutcome
        {
            var headers = good
            change(&headers)
            return await server.receiver.receive(headers: headers, body: bytes ?? body)
        }
        #expect(await receive { $0["x-hub-signature-256"] = nil } == .unauthorized)
        #expect(
            await receive {
                $0["x-hub-signature"] = $0.removeValue(forKey: "x-hub-signature-256")
            } == .unauthorized)
        #expect(await receive { $0["x-hub-signature-256"]?.removeLast() } == .unauthorized)
        #expect(await receive { $0["x-hub-signature-256"] = "sha1=00" } == .unauthorized)
        #expect(await receive({ _ in }, body + [0x20]) == .unauthorized)
        #expect(await receive({ _ in }, []) == .unauthorized)
        for index in stride(from: 0, to: body.count, by: 17) {
            var tampered = body
            tampered[index] ^= 1
            #expect(await receive({ _ in }, tampered) == .unauthorized)
        }
        #expect(await receive { $0["x-github-event"] = nil }.status == 400)
        #expect(await receive { $0["x-github-delivery"] = "" }.status == 400)
        #expect(await receive { $0["x-github-delivery"] = "a\nb" }.status == 400)
        #expect(
            await receive { $0["x-github-delivery"] = String(repeating: "x", count: 129) }.status
                == 400)
        #expect(await receive { $0["content-type"] = "text/plain" }.status == 400)
        #expect(await receive { $0["content-type"] = nil }.status == 202)
        #expect(
            await receive {
                $0["content-type"] = "Application/JSON; charset=utf-8"
                $0["x-github-delivery"] = nil
            }.status == 202)
    }

    @Test(
        "and refuses what it cannot read",
        arguments: [
            "", "{", "[]", "{\"ref\":\"refs/heads/main\"}", "{\"ref\":1,\"repository\":{\"id\":7}}",
            "{\"a\":1,\"a\":2}", String(repeating: "[", count: 100_000),
            WebhookFixture.push("../../x"), WebhookFixture.push("refs/heads/../../../etc/passwd"),
            WebhookFixture.push("main"), WebhookFixture.push("refs/heads/a\\u0000b"),
            "{\"ref\":\"refs/heads/main\",\"repository\":{\"id\":99999999999999999999999}}",
            "{\"ref\":\"refs/heads/main\",\"repository\":{\"id\":\"7\"}}",
            "{\"ref\":\"refs/heads/main\",\"repository\":{\"full_name\":[]}}",
            "{\"ref\":\"refs/heads/main\",\"repository\":[]}",
            "{\"ref\":null,\"repository\":{\"full_name\":\"octo/hello\"}}",
            "{\"ref\":\"refs/heads/main\",\"after\":\"x\",\"repository\":{\"full_name\":\"octo/hello\"}}",
        ])
    func unreadable(body: String) async throws {
        let server = try Fixture()
        try server.connect()
        #expect(await server.deliver("push", body).status == 400)
        // The same from somebody who has no secret says nothing about the body.
        #expect(await server.deliver("push", body, secret: "other") == .unauthorized)
        #expect(try server.jobs().isEmpty)
    }

    @Test("and tells an own secret's owner what is malformed")
    func ownMalformed() async throws {
        let server = try Fixture(globalSecrets: [])
        try server.connect(secret: "own")
        #expect(
            await server.deliver("push", Fixture.push("../x"), secret: "own")
                == .unreadable(reason: "the field 'ref' is malformed"))
    }

    @Test("as JSON or as a form, in any language, up to a large size")
    func forms() async throws {
        let server = try Fixture()
        try server.connect()
        let outcome = await server.deliver("push", Fixture.push("refs/heads/é😀\\u00fc"))
        #expect(outcome.status == 202)
        let form = Array(
            ("payload="
                + Fixture.push("refs/heads/form").utf8.map {
                    let hex = String($0, radix: 16, uppercase: true)
                    return "%" + (hex.count == 1 ? "0" : "") + hex
                }.joined()).utf8)
        var headers = Fixture.headers("push", form, guid: "form", secret: Fixture.globalSecret)
        headers["content-type"] = "application/x-www-form-urlencoded"
        #expect(await server.receiver.receive(headers: headers, body: form).status == 202)
        let padding = String(repeating: "x", count: 3 << 20)
        let large = Fixture.push("refs/heads/large").replacing(
            "\"commits\": []", with: "\"commits\": [{\"message\": \"\(padding)\"}]")
        #expect(await server.deliver("push", large).status == 202)
        #expect(
            try server.jobs().map { $0.split(separator: "/").last.map(String.init) }
                == ["é😀ü", "form", "large"])
    }

    @Test("and takes no more than the limit")
    func limit() async throws {
        let server = try Fixture()
        let body = [UInt8](repeating: 0x20, count: DeliveryReceiver.bodyLimitBytes + 1)
        let headers = Fixture.headers("push", body, guid: "g", secret: Fixture.globalSecret)
        #expect(await server.receiver.receive(headers: headers, body: body).status == 400)
    }

    @Test("and says so when the database is gone")
    func unavailable() async throws {
        let server = try Fixture()
        try server.connect()
        server.pool.shutdown()
        #expect(await server.deliver("push", Fixture.push()) == .unavailable)
        // Whom it does not know by the global secrets, it cannot know at all.
        #expect(
            await server.deliver("push", Fixture.push(), secret: "other") == .unavailable)
    }
}
