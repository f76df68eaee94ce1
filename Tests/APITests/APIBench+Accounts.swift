import API
import Accounts
import GitdexTesting
import Postgres
import Testing

/// Somebody with an account, as the tests speak for them.
struct Person: Sendable {
    let id: String
    let email: String
    let accessToken: String
    let refreshToken: String

    var headers: [String: String] { ["authorization": "Bearer " + accessToken] }
}

extension APIBench {
    static let password = "many quiet lanterns by the river"
    static let jwtSecret = Array("0123456789abcdef0123456789abcdef".utf8)

    /// Accounts that anybody may make.
    static func accounts(_ url: String) async throws -> AccountServices {
        AccountServices(
            signer: try await AccessTokenSigner(secrets: [jwtSecret], issuer: "test"),
            rules: .open, passwordPool: Pool(url: url, limit: 2), eraseWorkspace: { _ in })
    }

    /// Makes an account and signs in.
    func person(_ name: String) async throws -> Person {
        let email = name + "@example.org"
        let body = "{\"email\":\"\(email)\",\"password\":\"\(Self.password)\"}"
        let made = try await call("POST", "/v1/auth/register", json: body)
        #expect(made.status == 201, "\(made.text)")
        let tokens = try await call("POST", "/v1/auth/login", json: body)
        #expect(tokens.status == 200, "\(tokens.text)")
        return Person(
            id: made.json["id"].string ?? "", email: email,
            accessToken: tokens.json["access_token"].string ?? "",
            refreshToken: tokens.json["refresh_token"].string ?? "")
    }

    /// Makes a workspace; returns its id.
    func workspace(of owner: Person, name: String = "Shop") async throws -> String {
        let made = try await call(
            "POST", "/v1/workspaces", headers: owner.headers, json: "{\"name\":\"\(name)\"}")
        #expect(made.status == 201 && made.json["role"].string == "owner", "\(made.text)")
        return made.json["id"].string ?? ""
    }

    /// Makes somebody a member by an invitation.
    func add(
        _ person: Person, to workspace: String, as role: String, by owner: Person
    ) async throws {
        let invited = try await call(
            "POST", "/v1/workspaces/\(workspace)/invitations", headers: owner.headers,
            json: "{\"email\":\"\(person.email)\",\"role\":\"\(role)\"}")
        let token = try #require(invited.json["token"].string, "\(invited.text)")
        let joined = try await call(
            "POST", "/v1/invitations/accept", headers: person.headers,
            json: "{\"token\":\"\(token)\"}")
        #expect(joined.status == 200 && joined.json["role"].string == role, "\(joined.text)")
    }

    /// Makes an API key; returns the header that bears it.
    func key(
        _ scopes: [String], of person: Person, in workspace: String
    ) async throws -> [String: String] {
        let list = scopes.map { "\"\($0)\"" }.joined(separator: ",")
        let made = try await call(
            "POST", "/v1/workspaces/\(workspace)/keys", headers: person.headers,
            json: "{\"name\":\"test\",\"scopes\":[\(list)]}")
        let text = try #require(made.json["key"].string, "\(made.text)")
        return ["authorization": "Bearer " + text]
    }
}
