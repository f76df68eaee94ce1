import Cryptography
import Foundation
import GitdexTesting
import Testing

@testable import API

@Suite("Tokens cannot be made, changed, stolen twice or used for too long", .serialized)
struct TokenAttackTests {
    /// A token as a forger writes it.
    private struct Forgery {
        var header: [String: String]
        var claims: [String: String]
        var secret: [UInt8]? = APIBench.jwtSecret

        var text: String {
            let parts = [header, claims].map { members in
                let pairs = members.sorted { $0.key < $1.key }.map { "\"\($0)\":\($1)" }
                return Self.encoded(Array("{\(pairs.joined(separator: ","))}".utf8))
            }
            let signed = parts.joined(separator: ".")
            let signature = secret.map { key in
                Self.encoded(HMACSHA256.authenticationCode(of: Array(signed.utf8), key: key))
            }
            return signed + "." + (signature ?? "")
        }

        private static func encoded(_ bytes: [UInt8]) -> String {
            Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
                .replacing("=", with: "")
        }
    }

    /// What a real token says, taken apart.
    private static func parts(_ token: String) throws -> Forgery {
        func members(_ part: Substring) throws -> [String: String] {
            var text = String(part).replacing("-", with: "+").replacing("_", with: "/")
            while text.count % 4 != 0 { text += "=" }
            let data = try #require(Data(base64Encoded: text))
            let value = try JSONValue(parsing: String(decoding: data, as: UTF8.self))
            var result: [String: String] = [:]
            for key in value.keys {
                result[key] =
                    value[key].string.map { "\"\($0)\"" }
                    ?? value[key].int.map(String.init) ?? "null"
            }
            return result
        }
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        return Forgery(header: try members(parts[0]), claims: try members(parts[1]))
    }

    @Test("a token is taken as it was signed, and in no other form")
    func forgeries() async throws {
        let bench = try await APIBench.start(hasAccounts: true)
        let person = try await bench.person("ada")
        let real = try Self.parts(person.accessToken)
        // The forger's hand is good: with the real secret the same words are let in.
        #expect(try await Self.status(real.text, bench) == 200)
        var forgeries: [(String, Forgery)] = []
        func forge(_ name: String, _ change: (inout Forgery) -> Void) {
            var forgery = real
            change(&forgery)
            forgeries.append((name, forgery))
        }
        for algorithm in ["none", "None", "NONE", "nOnE"] {
            forge("algorithm \(algorithm), unsigned") {
                $0.header["alg"] = "\"\(algorithm)\""
                $0.secret = nil
            }
            forge("algorithm \(algorithm)") { $0.header["alg"] = "\"\(algorithm)\"" }
        }
        for algorithm in ["RS256", "ES256", "HS384", "HS512", "PS256", ""] {
            forge("algorithm \(algorithm)") { $0.header["alg"] = "\"\(algorithm)\"" }
        }
        forge("no algorithm") { $0.header["alg"] = nil }
        forge("no key id") { $0.header["kid"] = nil }
        forge("another key id") { $0.header["kid"] = "\"../../dev/null\"" }
        forge("key id of SQL") { $0.header["kid"] = "\"' OR 1=1 --\"" }
        forge("a key of its own") {
            $0.header["jwk"] = "{\"kty\":\"oct\",\"k\":\"AA\"}"; $0.secret = [0]
        }
        forge("no signature") { $0.secret = nil }
        forge("another secret") { $0.secret = Array("another".utf8) }
        forge("an empty secret") { $0.secret = [] }
        forge("another issuer") { $0.claims["iss"] = "\"elsewhere\"" }
        forge("another audience") { $0.claims["aud"] = "\"elsewhere\"" }
        forge("another subject") { $0.claims["sub"] = "\"root\"" }
        forge("another session") { $0.claims["sid"] = "\"x' OR '1'='1\"" }
        forge("no end") { $0.claims["exp"] = nil }
        forge("an end in words") { $0.claims["exp"] = "\"never\"" }
        forge("its end is past") { $0.claims["exp"] = "\(Int(Date().timeIntervalSince1970) - 1)" }
        forge("from the future") {
            $0.claims["iat"] = "\(Int(Date().timeIntervalSince1970) + 3600)"
            $0.claims["exp"] = "\(Int(Date().timeIntervalSince1970) + 7200)"
        }
        for (name, forgery) in forgeries {
            #expect(try await Self.status(forgery.text, bench) == 401, "\(name)")
        }
        for text in [
            real.text + ".", "." + real.text, real.text.replacing(".", with: ".."),
            String(real.text.dropLast()), real.text + "A", String(repeating: "a.", count: 4000),
        ] {
            #expect(try await Self.status(text, bench) == 401, "\(text.prefix(20))")
        }
        try await bench.stop()
    }

    @Test("two tokens at once, or a token elsewhere than in its field, are none")
    func places() async throws {
        let bench = try await APIBench.start(hasAccounts: true)
        let person = try await bench.person("ada")
        let twice = try await bench.client.raw(
            Array(
                """
                GET /v1/auth/me HTTP/1.1\r
                host: localhost\r
                authorization: Bearer \(person.accessToken)\r
                authorization: Bearer \(person.accessToken)\r
                connection: close\r
                \r

                """.utf8))
        #expect(twice.status == 401)
        for path in ["access_token", "token", "authorization"] {
            let answer = try await bench.client.send(
                "GET", "/v1/auth/me?\(path)=\(person.accessToken)")
            #expect(answer.status == 401)
        }
        let cookie = try await bench.client.send(
            "GET", "/v1/auth/me", headers: ["cookie": "gitdex_session=\(person.refreshToken)"])
        #expect(cookie.status == 401)
        try await bench.stop()
    }

    @Test("a refresh token counts once; the second use ends the session of thief and owner")
    func replay() async throws {
        let bench = try await APIBench.start(hasAccounts: true)
        let person = try await bench.person("ada")
        func refresh(_ token: String) async throws -> HTTPAnswer {
            try await bench.call(
                "POST", "/v1/auth/refresh", json: "{\"refresh_token\":\"\(token)\"}")
        }
        let second = try await refresh(person.refreshToken)
        #expect(second.status == 200)
        let token = try #require(second.json["refresh_token"].string)
        let access = try #require(second.json["access_token"].string)
        #expect(token != person.refreshToken)
        #expect(try await Self.status(access, bench) == 200)
        #expect(try await refresh(person.refreshToken).status == 401)
        #expect(try await refresh(token).status == 401)
        #expect(try await Self.status(access, bench) == 401)
        #expect(try await Self.status(person.accessToken, bench) == 401)
        try await bench.stop()
    }

    @Test(
        "a session that was ended, a password that was changed and a key that was revoked count at once"
    )
    func ended() async throws {
        let bench = try await APIBench.start(hasAccounts: true)
        let person = try await bench.person("ada")
        let workspace = try await bench.workspace(of: person)
        let key = try await bench.key(["search"], of: person, in: workspace)
        let path = "/v1/workspaces/\(workspace)"
        #expect(try await bench.call("GET", path, headers: key).status == 200)
        let keys = try await bench.call("GET", path + "/keys", headers: person.headers)
        let id = try #require(keys.json["keys"][0]["id"].string)
        #expect(keys.json["keys"][0]["key"] == .null)
        let revoked = try await bench.call("DELETE", path + "/keys/\(id)", headers: person.headers)
        #expect(revoked.status == 204)
        #expect(try await bench.call("GET", path, headers: key).status == 401)

        let other = try await bench.call(
            "POST", "/v1/auth/login",
            json: "{\"email\":\"ADA@example.org\",\"password\":\"\(APIBench.password)\"}")
        let elsewhere = try #require(other.json["access_token"].string)
        let changed = try await bench.call(
            "POST", "/v1/auth/password", headers: person.headers,
            json: "{\"current\":\"\(APIBench.password)\",\"new\":\"another long enough phrase\"}")
        #expect(changed.status == 204)
        #expect(try await Self.status(elsewhere, bench) == 401)
        #expect(try await Self.status(person.accessToken, bench) == 200)

        let out = try await bench.call(
            "POST", "/v1/auth/logout", headers: person.headers, json: "{}")
        #expect(out.status == 204)
        #expect(try await Self.status(person.accessToken, bench) == 401)
        try await bench.stop()
    }

    @Test("the cookie of a browser is HttpOnly, same-site, and of use from no other site")
    func cookies() async throws {
        var edges = EdgeRules()
        edges.publicURL = "https://code.example"
        let bench = try await APIBench.start(hasAccounts: true, edges: edges)
        _ = try await bench.person("ada")
        let login = try await bench.call(
            "POST", "/v1/auth/login",
            json:
                "{\"email\":\"ada@example.org\",\"password\":\"\(APIBench.password)\",\"cookie\":true}"
        )
        #expect(login.json["refresh_token"] == .null)
        let field = try #require(login.headers["set-cookie"])
        for part in ["HttpOnly", "SameSite=Strict", "Secure", "Path=/v1/auth", "Max-Age="] {
            #expect(field.contains(part), "\(field)")
        }
        let cookie = String(field.prefix { $0 != ";" })
        func refresh(_ headers: [String: String]) async throws -> HTTPAnswer {
            try await bench.call(
                "POST", "/v1/auth/refresh", headers: ["cookie": cookie].merging(headers) { $1 },
                json: "{}")
        }
        for headers in [
            ["origin": "https://evil.example"], ["sec-fetch-site": "cross-site"],
            ["sec-fetch-site": "same-site"], ["origin": "null"],
        ] {
            let answer = try await refresh(headers)
            #expect(answer.status == 403 && answer.problem == "foreign-origin", "\(headers)")
        }
        let form = try await refresh(["content-type": "application/x-www-form-urlencoded"])
        #expect(form.status == 415)
        let own = try await refresh([
            "origin": "http://127.0.0.1:\(bench.port)", "sec-fetch-site": "same-origin",
        ])
        #expect(own.status == 200 && own.json["refresh_token"] == .null)
        // Under the name by which browsers know the server, where a proxy changes Host.
        let next = own.headers["set-cookie"]?.prefix { $0 != ";" } ?? ""
        let proxied = try await refresh([
            "origin": "https://code.example", "sec-fetch-site": "same-origin",
            "cookie": String(next),
        ])
        #expect(proxied.status == 200)
        #expect(own.headers["set-cookie"] != nil)
        try await bench.stop()
    }

    private static func status(_ token: String, _ bench: APIBench) async throws -> Int {
        try await bench.client.send(
            "GET", "/v1/auth/me", headers: ["authorization": "Bearer " + token]
        ).status
    }
}
