import Cryptography
import Foundation
import GitHub
import GitdexTesting
import Postgres
import Storage
import Transfer

/// A stand-in for GitHub, a database, and what connects them.
final class GitHubBench {
    static let callbackURL = "http://127.0.0.1:1/v1/auth/github/callback"

    private struct NoKey: Error {
        let why: String
    }

    let gitHub: GitHubStandIn
    let database: TestDatabase
    let connection: Connection
    let workspace: Int
    let cipher: TokenCipher
    let http: Transfer.HTTPClient
    let appKey: String?

    /// Makes them.
    ///
    /// - Parameter withApp: Whether a GitHub App with a fresh key is registered as well.
    /// - Throws: What could not be started.
    init(withApp: Bool = false) throws {
        gitHub = try GitHubStandIn(callbackURL: Self.callbackURL)
        database = try TestDatabase()
        try SchemaMigrator(connection: try database.connect()).up()
        connection = try database.connect(.program())
        workspace = try IndexStore(connection: connection).workspace
        let fernet = Fernet(keys: [try FernetKey.generate()])
        cipher = TokenCipher(
            encrypt: { try fernet.encrypt($0) }, decrypt: { try fernet.decrypt($0) })
        var options = TransferOptions()
        options.allowsPrivateAddresses = true
        http = Transfer.HTTPClient(options: options)
        appKey = withApp ? try Self.makeKey(gitHub) : nil
    }

    var settings: GitHubSettings {
        GitHubSettings(
            webURL: gitHub.url,
            client: .init(id: GitHubStandIn.clientID, secret: GitHubStandIn.clientSecret),
            app: appKey.map { .init(id: "12", privateKey: $0) })
    }

    var oauth: GitHubOAuth {
        GitHubOAuth(
            settings: settings, redirectURL: Self.callbackURL, http: http, cipher: cipher)
    }

    lazy var access = GitHubAccess(settings: settings, http: http, cipher: cipher)

    /// Does what the user does in the browser, and returns what the callback gets.
    func authorize(
        _ start: OAuthStart, allowing: Bool = true
    ) throws -> [String: String] {
        // Opening the page first, as a browser does.
        _ = try http.send(HTTPRequest(.get, start.url))
        let query = String(start.url.drop { $0 != "?" }.dropFirst())
        var request = HTTPRequest(
            .post, gitHub.url + "/login/oauth/authorize",
            headers: ["content-type": "application/x-www-form-urlencoded"],
            body: Array((query + "&authorize=" + (allowing ? "1" : "0")).utf8))
        request.followsRedirects = false
        let answer = try http.send(request)
        let location = answer.headers["location"] ?? ""
        let items = URLComponents(string: location)?.queryItems ?? []
        return items.reduce(into: [:]) { $0[$1.name] = $1.value }
    }

    /// Connects the workspace to the user `octocat`.
    @discardableResult
    func connect(user: Int? = 7) throws -> OAuthCompletion {
        let start = try oauth.start(
            workspace: workspace, user: user, browserBinding: "browser-1", on: connection)
        let back = try authorize(start)
        return try oauth.callback(
            code: back["code"], state: back["state"] ?? "", browserBinding: "browser-1",
            on: connection)
    }

    /// The code of what a closure throws; nil where it throws nothing of GitHub's.
    func code(_ body: () throws -> Void) -> GitHubError.Code? {
        do {
            try body()
            return nil
        } catch {
            return (error as? GitHubError)?.code
        }
    }

    /// A repository of `octocat` with some items, known to the workspace as well.
    func repository(
        _ name: String = "octocat/hello", _ fields: String = "", items: String = ""
    ) throws -> RemoteRepository {
        try gitHub.control(
            "repository",
            #"{"full_name": "\#(name)", "admins": ["octocat"]\#(fields.isEmpty ? "" : ", " + fields)}"#
        )
        if !items.isEmpty { try gitHub.control("many", #"{"repository": "\#(name)", \#(items)}"#) }
        return try RemoteStore(connection: connection).connect(
            workspace: workspace, url: gitHub.url + "/" + name + ".git", provider: "github")
    }

    /// Makes an RSA key by OpenSSL's program and registers its public half.
    private static func makeKey(_ gitHub: GitHubStandIn) throws -> String {
        let folder = FileManager.default.temporaryDirectory.path
        func openssl(_ arguments: [String]) throws -> String {
            let process = try GitdexProcess(
                arguments, program: ["/usr/bin/env", "openssl"], in: folder,
                environment: ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin"])
            let outcome = process.finish()
            guard outcome.status == 0 else {
                throw NoKey(why: outcome.errors)
            }
            return outcome.output
        }
        let key = try openssl(["genrsa", "2048"])
        let path = folder + "/gitdex-app-" + UUID().uuidString + ".pem"
        try Data(key.utf8).write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        let modulus =
            try openssl(["rsa", "-in", path, "-noout", "-modulus"])
            .split(separator: "=").last.map { $0.filter(\.isHexDigit) } ?? ""
        try gitHub.control("app", #"{"id": 12, "modulus": "\#(modulus)"}"#)
        return key
    }
}
