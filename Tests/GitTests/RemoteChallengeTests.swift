import Git
import GitdexTesting
import Testing

@Suite("A remote that asks for credentials in an odd way")
struct RemoteChallengeTests {
    private func filled(_ fault: GitRemote.Fault) throws -> GitRemote {
        let remote = try GitRemote()
        try remote.fixture.write("a.txt", "text\n")
        try remote.fixture.commit()
        try remote.setFault(fault)
        return remote
    }

    @Test(
        "is read, because it need not ask",
        arguments: [GitRemote.Fault.untypedChallenge, .unmeasuredChallenge, .none])
    func read(fault: GitRemote.Fault) throws {
        let remote = try filled(fault)
        let (_, references) = try Remote.references(at: remote.url, options: remote.options)
        #expect(references.map(\.name) == ["refs/heads/main"])
        let mirror = try Mirror(
            at: remote.fixture.folder + "/mirror.git", url: remote.url, options: remote.options)
        #expect(try mirror.fetch(refs: ["refs/heads/main"]).count == 1)
        #expect(try remote.requests().allSatisfy { $0.hasSuffix("200 with credentials") })
    }

    @Test(
        "refuses a wrong token",
        arguments: [GitRemote.Fault.untypedChallenge, .unmeasuredChallenge])
    func refused(fault: GitRemote.Fault) throws {
        let remote = try filled(fault)
        var options = remote.options
        options.credentials = .token(username: "user", password: "wrong-5ecret")
        let error = #expect(throws: GitError.self) {
            try Remote.references(at: remote.url, options: options)
        }
        #expect(error?.code == .authenticationFailed, "\(error?.description ?? "")")
        #expect(error?.description.contains("wrong-5ecret") == false)
    }
}
