import Git
import GitdexTesting
import Testing

/// One after another, as the trusted authorities are the whole process's.
@Suite("The certificate of a remote", .serialized)
struct RemoteCertificateTests {
    private let main = "refs/heads/main"

    private func filled() throws -> GitRemote {
        let remote = try GitRemote(isSecure: true)
        try remote.fixture.commit()
        return remote
    }

    private func mirror(_ remote: GitRemote, url: String? = nil) throws -> Mirror {
        var options = remote.options
        options.timeoutMilliseconds = 1000
        return try Mirror(
            at: remote.fixture.folder + "/mirror.git", url: url ?? remote.url, options: options)
    }

    @Test("is refused when nobody trusts it, before anything is asked")
    func untrusted() throws {
        let remote = try filled()
        let mirror = try mirror(remote)
        let error = #expect(throws: GitError.self) { try mirror.fetch(refs: [main]) }
        #expect(error?.code == .untrustedHost)
        #expect(error?.description.contains("localhost") == true)
        #expect(try remote.requests().isEmpty)
    }

    @Test("is accepted when its authority is trusted, for its own host only")
    func trusted() throws {
        let remote = try filled()
        try Remote.trustCertificates(inFile: try #require(remote.certificateFile))
        let head = try oid(try remote.git("rev-parse", "HEAD"))
        #expect(try mirror(remote).fetch(refs: [main]) == [main: head])
        let count = try remote.requests().count
        let other = try mirror(remote, url: remote.url.replacing("localhost", with: "127.0.0.1"))
        let error = #expect(throws: GitError.self) { try other.fetch(refs: [main]) }
        #expect(error?.code == .untrustedHost)
        #expect(try remote.requests().count == count)
    }

    @Test("does not keep a server from hanging, and a client from giving up")
    func hanging() throws {
        let remote = try filled()
        try Remote.trustCertificates(inFile: try #require(remote.certificateFile))
        for scope in [GitRemote.Scope.all, .pack] {
            try remote.setFault(.hang, on: scope)
            let error = try #require(
                #expect(throws: GitError.self) { try mirror(remote).fetch(refs: [main]) })
            #expect(error.code == .network)
            #expect(error.description.contains("sent nothing"))
        }
    }
}
