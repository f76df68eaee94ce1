import Git
import GitdexTesting
import Testing

@Suite("A remote that cannot be read")
struct RemoteFailureTests {
    /// The error of listing and of fetching, which must be of one kind and hold no secret.
    private func failure(
        _ remote: GitRemote, url: String? = nil, options: RemoteOptions? = nil
    ) throws -> GitError {
        let url = url ?? remote.url
        let options = options ?? remote.options
        let mirror = try Mirror(
            at: remote.fixture.folder + "/mirror.git", url: url, options: options)
        let listing = #expect(throws: GitError.self) {
            try Remote.references(at: url, options: options)
        }
        let fetching = #expect(throws: GitError.self) {
            try mirror.fetch(refs: ["refs/heads/main"])
        }
        let error = try #require(listing)
        #expect(error.code == fetching?.code)
        for text in [error.description, fetching?.description ?? ""] {
            #expect(!text.contains(remote.token) && !text.contains("wrong-5ecret"), "\(text)")
        }
        return error
    }

    private func filled() throws -> GitRemote {
        let remote = try GitRemote()
        try remote.fixture.write("a.txt", "text\n")
        try remote.fixture.commit()
        return remote
    }

    @Test("asks for credentials that are missing or wrong, once only")
    func credentials() throws {
        let remote = try filled()
        #expect(try failure(remote, options: .init()).code == .authenticationFailed)
        var options = RemoteOptions()
        options.credentials = .token(username: "user", password: "wrong-5ecret")
        #expect(try failure(remote, options: options).code == .authenticationFailed)
        let url = remote.url.replacing("http://", with: "http://user:wrong-5ecret@")
        let error = try failure(remote, url: url, options: .init())
        #expect(error.code == .authenticationFailed)
        #expect(error.description.contains(remote.url))
        let given = try remote.requests().filter { $0.hasSuffix("401 with credentials") }
        #expect(given.count == 4)
        options.credentials = .sshKey(privateKey: "wrong-5ecret", passphrase: nil)
        #expect(try failure(remote, options: options).code == .authenticationFailed)
    }

    @Test(
        "answers with a status that says what is wrong",
        arguments: [
            (403, GitError.Code.authenticationFailed), (404, .notFound), (410, .notFound),
            (429, .network), (500, .network), (503, .network), (400, .other),
        ])
    func statuses(status: Int, code: GitError.Code) throws {
        let remote = try filled()
        try remote.setFault(.status(status))
        #expect(try failure(remote).code == code)
    }

    @Test("is not there")
    func missing() throws {
        let remote = try filled()
        let other = remote.url.replacing("repository.git", with: "other.git")
        #expect(try failure(remote, url: other).code == .notFound)
        #expect(try failure(remote, url: remote.fixture.folder + "/none").code == .notFound)
        #expect(try failure(remote, url: remote.fixture.folder).code == .notFound)
    }

    @Test("does not listen, or has no address")
    func unreachable() throws {
        let remote = try filled()
        let nowhere = "http://nowhere.invalid/repository.git"
        #expect(try failure(remote, url: nowhere).code == .network)
        remote.stop()
        let error = try failure(remote)
        #expect(error.code == .network)
        #expect(error.description.contains("refused"))
        let ssh = "ssh://git@127.0.0.1:" + remote.url.split(separator: ":")[2]
        #expect(try failure(remote, url: ssh).code == .network)
    }

    @Test("sends nothing for too long, not even a greeting", arguments: ["http", "https", "ssh"])
    func silent(scheme: String) throws {
        let server = try SilentServer()
        let remote = try filled()
        var options = remote.options
        options.timeoutMilliseconds = 300
        let url = "\(scheme)://git@127.0.0.1:\(server.port)/repository.git"
        let error = try failure(remote, url: url, options: options)
        #expect(error.code == .network)
        #expect(error.description.contains("sent nothing"))
    }

    @Test("takes the request and never answers")
    func hanging() throws {
        let remote = try filled()
        try remote.setFault(.hang)
        var options = remote.options
        options.timeoutMilliseconds = 300
        let error = try failure(remote, options: options)
        #expect(error.code == .network)
        #expect(error.description.contains("sent nothing"))
        try remote.setFault(.hang, on: .pack)
        let mirror = try Mirror(
            at: remote.fixture.folder + "/mirror.git", url: remote.url, options: options)
        #expect {
            try mirror.fetch(refs: ["refs/heads/main"])
        } throws: {
            ($0 as? GitError)?.description.contains("sent nothing") == true
        }
    }

    @Test("drips without end")
    func slow() throws {
        let remote = try filled()
        try remote.setFault(.slow(pauseMilliseconds: 200))
        var options = remote.options
        options.timeoutMilliseconds = 10_000
        options.limitMilliseconds = 100
        let error = try failure(remote, options: options)
        #expect(error.code == .network)
        #expect(error.description.contains("took longer"))
    }

    @Test("is given up when the caller says so, also while it is silent")
    func cancelled() throws {
        let remote = try filled()
        try remote.setFault(.hang)
        var options = remote.options
        options.progress = { _, _ in false }
        #expect(try failure(remote, options: options).code == .cancelled)
    }

    @Test("breaks off in the list of references")
    func cutOff() throws {
        let remote = try filled()
        for bytes in [0, 1, 10, 100] {
            try remote.setFault(.cutOff(afterBytes: bytes))
            #expect(try failure(remote).code == .network, "\(bytes)")
        }
    }

    @Test("redirects: the credentials do not go along to another host")
    func redirects() throws {
        let remote = try filled()
        let other = try filled()
        // The same port of the same machine under another name is another host.
        let elsewhere = other.url.replacing("127.0.0.1", with: "localhost")
        try remote.setFault(.redirect(to: elsewhere))
        let error = try failure(remote)
        #expect(error.code == .authenticationFailed)
        #expect(error.description.contains("localhost"))
        #expect(try other.requests().allSatisfy { $0.hasSuffix("without credentials") })
        #expect(try !other.requests().isEmpty)
    }

    @Test("redirects to a place that asks for none")
    func openRedirect() throws {
        let remote = try filled()
        let other = try GitRemote(token: nil)
        try other.fixture.commit()
        try remote.setFault(.redirect(to: other.url))
        let mirror = try Mirror(
            at: remote.fixture.folder + "/mirror.git", url: remote.url, options: remote.options)
        #expect(try mirror.fetch(refs: ["refs/heads/main"]).count == 1)
        #expect(try other.requests().allSatisfy { $0.hasSuffix("without credentials") })
    }

    @Test("redirects in a circle")
    func circle() throws {
        let remote = try filled()
        try remote.setFault(.redirect(to: remote.url))
        #expect(throws: GitError.self) {
            try Remote.references(at: remote.url, options: remote.options)
        }
    }
}
