import Accounts
import GitdexTesting
import HTTPTypes
import Postgres
import Storage
import Testing

@testable import API

@Suite("Who asks too often has to wait", .serialized)
struct RateLimitTests {
    private static func edges(_ change: (inout EdgeRules) -> Void) -> EdgeRules {
        var edges = EdgeRules()
        change(&edges)
        return edges
    }

    @Test("an address is told its limit, counted down, and refused with the time to wait")
    func address() async throws {
        let bench = try await APIBench.start(
            hasAccounts: true, edges: Self.edges { $0.requestsPerAddress = 5 })
        var remaining: [Int] = []
        for _ in 0..<5 {
            let answer = try await bench.call("GET", "/openapi.json")
            #expect(answer.status == 200 && answer.headers["ratelimit-limit"] == "5")
            #expect(answer.headers["ratelimit-policy"] == "5;w=60")
            remaining.append(Int(answer.headers["ratelimit-remaining"] ?? "") ?? -1)
        }
        #expect(remaining == [4, 3, 2, 1, 0])
        let refused = try await bench.call("GET", "/openapi.json")
        #expect(refused.status == 429 && refused.problem == "rate-limited")
        let wait = try #require(refused.headers["retry-after"].flatMap { Int($0) })
        #expect((1...12).contains(wait))
        #expect(refused.headers["ratelimit-remaining"] == "0")
        #expect(refused.headers["x-request-id"] != nil)
        for _ in 0..<20 {
            #expect(try await bench.call("GET", "/healthz").status == 200)
        }
        try await bench.stop()
    }

    @Test("two processes of one database share each limit")
    func shared() async throws {
        let edges = Self.edges { $0.requestsPerAddress = 40 }
        let first = try await APIBench.start(hasAccounts: true, edges: edges)
        let second = try await first.sibling(edges: edges)
        var allowed = 0
        for _ in 0..<40 {
            for bench in [first, second] {
                let answer = try await bench.client.send("GET", "/openapi.json")
                if answer.status == 200 { allowed += 1 }
            }
        }
        // Each process keeps at most a portion (two) that it has not handed out; while the test
        // runs some tokens grow.
        #expect(allowed >= 36 && allowed < 60, "\(allowed)")
        try await second.stop()
        try await first.stop()
    }

    @Test("users and keys have limits of their own, and one does not use up another's")
    func principals() async throws {
        let bench = try await APIBench.start(
            hasAccounts: true,
            edges: Self.edges {
                $0.requestsPerUser = 6
                $0.requestsPerKey = 3
            })
        let (ada, eve) = (try await bench.person("ada"), try await bench.person("eve"))
        let workspace = try await bench.workspace(of: ada)
        let key = try await bench.key(["search"], of: ada, in: workspace)
        let path = "/v1/workspaces/\(workspace)"
        for _ in 0..<3 { #expect(try await bench.call("GET", path, headers: key).status == 200) }
        #expect(try await bench.call("GET", path, headers: key).status == 429)
        for _ in 0..<4 {
            #expect(try await bench.call("GET", path, headers: ada.headers).status == 200)
        }
        #expect(try await bench.call("GET", path, headers: ada.headers).status == 429)
        #expect(try await bench.call("GET", "/v1/auth/me", headers: eve.headers).status == 200)
        try await bench.stop()
    }

    @Test("logins are few for an address, and fewer still where they fail for one account")
    func logins() async throws {
        let bench = try await APIBench.start(
            hasAccounts: true, edges: Self.edges { $0.loginsPerAddress = 3 })
        let body = "{\"email\":\"ada@example.org\",\"password\":\"wrong but long enough\"}"
        var statuses: [Int] = []
        for _ in 0..<5 {
            statuses.append(try await bench.call("POST", "/v1/auth/login", json: body).status)
        }
        #expect(statuses == [401, 401, 401, 429, 429])
        try await bench.stop()

        // Over many addresses, as a trusted proxy names them, the account's own limit counts.
        let spread = try await APIBench.start(
            hasAccounts: true,
            edges: Self.edges {
                $0.loginsPerAddress = 1
                $0.trustedProxies = ["127.0.0.1"]
            })
        statuses = []
        for number in 1...5 {
            statuses.append(
                try await spread.call(
                    "POST", "/v1/auth/login",
                    headers: ["x-forwarded-for": "203.0.113.\(number)"], json: body
                ).status)
        }
        #expect(statuses == [401, 401, 401, 429, 429])
        try await spread.stop()
    }

    @Test("wrong signatures stop an address before its next body is read")
    func webhooks() async throws {
        let bench = try await APIBench.start(
            hasAccounts: true, edges: Self.edges { $0.failuresPerAddress = 2 }
        ) { $0.receiveDelivery = { _ in .unauthorized } }
        let signature = "sha256=" + String(repeating: "0a", count: 32)
        func deliver() async throws -> Int {
            try await bench.call(
                "POST", "/webhooks/github", headers: ["x-hub-signature-256": signature], json: "{}"
            ).status
        }
        var statuses: [Int] = []
        for _ in 0..<4 { statuses.append(try await deliver()) }
        #expect(statuses == [401, 401, 429, 429])
        // The body never comes: only a server that does not wait for it answers.
        let answer = try await bench.client.raw(
            Array(
                "POST /webhooks/github HTTP/1.1\r\nhost: localhost\r\nx-hub-signature-256: \(signature)\r\ncontent-length: 9\r\nconnection: close\r\n\r\n"
                    .utf8))
        #expect(answer.status == 429)
        try await bench.stop()
    }

    @Test("a server of this machine alone limits nothing")
    func local() async throws {
        let bench = try await APIBench.start(edges: Self.edges { $0.requestsPerAddress = 1 })
        for _ in 0..<5 {
            let answer = try await bench.local("GET", "jobs")
            #expect(answer.status == 200 && answer.headers["ratelimit-limit"] == nil)
        }
        try await bench.stop()
    }

    @Test("a bucket gives what it has, fills with time, and is forgotten when it is full")
    func bucket() throws {
        let database = try TestDatabase()
        try SchemaMigrator(connection: try database.connect()).up()
        let store = RateLimitStore(connection: try database.connect())
        let name = [UInt8](repeating: 7, count: RateLimitStore.nameBytes)
        func take(_ tokens: Int) throws -> Int {
            try store.take(
                RateLimitStore.Claim(
                    bucket: name, tokens: tokens, burst: 10, secondsPerToken: 3600)
            ).tokens
        }
        #expect(try [take(4), take(4), take(4), take(4)] == [4, 4, 2, 0])
        try database.run("UPDATE rate_limits SET full_at = full_at - interval '3 hours'")
        #expect(try [take(5), take(1)] == [3, 0])
        #expect(try store.prune() == 0)
        try database.run("UPDATE rate_limits SET full_at = now() - interval '1 day'")
        #expect(try store.prune() == 1)
        #expect(try take(10) == 10)
    }
}

@Suite("Where a request comes from")
struct ClientAddressTests {
    private static func client(
        _ peer: String?, _ forwarded: String?, trusted: [String]
    ) -> String? {
        let addresses = ClientAddresses(trusted: trusted.compactMap { AddressNetwork($0) })
        var headers = HTTPFields()
        if let forwarded { headers[.forwardedFor] = forwarded }
        return addresses.address(peer: peer, headers)?.description
    }

    @Test("nobody's word counts unless a trusted proxy passes it on, and then only the last")
    func forwarded() {
        let proxies = ["10.0.0.0/8", "::1"]
        #expect(Self.client("203.0.113.1", "198.51.100.1", trusted: []) == "203.0.113.1")
        #expect(Self.client("203.0.113.1", "198.51.100.1", trusted: proxies) == "203.0.113.1")
        #expect(Self.client("10.1.2.3", "198.51.100.1", trusted: proxies) == "198.51.100.1")
        // What the client itself wrote stands before what the proxy added.
        #expect(
            Self.client("10.1.2.3", "1.2.3.4, 198.51.100.1", trusted: proxies) == "198.51.100.1")
        #expect(
            Self.client("::1", "198.51.100.1, 10.9.9.9", trusted: proxies) == "198.51.100.1")
        #expect(Self.client("10.1.2.3", "nonsense", trusted: proxies) == "10.1.2.3")
        #expect(Self.client("10.1.2.3", nil, trusted: proxies) == "10.1.2.3")
        #expect(Self.client("::ffff:10.1.2.3", "8.8.8.8", trusted: proxies) == "8.8.8.8")
        #expect(Self.client(nil, "8.8.8.8", trusted: proxies) == nil)
    }

    @Test("an address of IPv6 counts by the network that one customer has")
    func customers() throws {
        let one = try #require(NetworkAddress("2001:db8:1:2:3:4:5:6"))
        let neighbour = try #require(NetworkAddress("[2001:db8:1:2::9]"))
        let other = try #require(NetworkAddress("2001:db8:1:3::9"))
        #expect(one.client == neighbour.client && one.client != other.client)
    }

    @Test(
        "networks hold what begins with their bits",
        arguments: ["10.0.0.0/33", "x", "1.2.3.4/", ""])
    func networks(wrong: String) throws {
        #expect(AddressNetwork(wrong) == nil)
        let network = try #require(AddressNetwork("192.168.16.0/20"))
        #expect(network.contains(try #require(NetworkAddress("192.168.31.255"))))
        #expect(!network.contains(try #require(NetworkAddress("192.168.32.0"))))
        #expect(!network.contains(try #require(NetworkAddress("::1"))))
    }
}
