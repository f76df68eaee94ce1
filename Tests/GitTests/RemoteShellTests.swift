import Foundation
import Git
import GitdexTesting
import Testing

@Suite("A remote over SSH", .enabled(if: SSHServer.program != nil))
struct RemoteShellTests {
    private let main = "refs/heads/main"

    private func code(_ url: String, _ options: RemoteOptions) -> GitError.Code? {
        let error = #expect(throws: GitError.self) {
            try Remote.references(at: url, options: options)
        }
        #expect(error?.description.contains("PRIVATE KEY") == false)
        return error?.code
    }

    @Test("is read with a key from memory, when its host key is a trusted one")
    func fetches() throws {
        let fixture = try GitFixture()
        let head = try oid(try fixture.commit())
        let server = try SSHServer(in: fixture.folder)
        let url = "ssh://\(server.user)@127.0.0.1:\(server.port)\(fixture.path)"
        var options = RemoteOptions()
        options.credentials = .sshKey(privateKey: server.key, passphrase: "a phrase")
        #expect(code(url, options) == .untrustedHost)
        options.hostKeys = .fingerprints([String(server.fingerprint.dropLast()) + "?"])
        #expect(code(url, options) == .untrustedHost)
        options.hostKeys = .fingerprints([server.fingerprint])
        #expect(try Remote.references(at: url, options: options).head == main)
        let mirror = try Mirror(at: fixture.folder + "/m.git", url: url, options: options)
        #expect(try mirror.fetch(refs: [main]) == [main: head])
        #expect(code(url + "-none", options) == .notFound)
        options.credentials = .sshKey(privateKey: server.key, passphrase: "another")
        #expect(code(url, options) == .authenticationFailed)
        options.credentials = .sshKey(privateKey: server.otherKey, passphrase: nil)
        #expect(code(url, options) == .authenticationFailed)
        options.credentials = .sshKey(privateKey: "no key", passphrase: nil)
        #expect(code(url, options) == .authenticationFailed)
        options.credentials = .none
        #expect(code(url, options) == .authenticationFailed)
    }
}
