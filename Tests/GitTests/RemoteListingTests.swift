import Git
import GitdexTesting
import Testing

@Suite("Listing the references of a remote")
struct RemoteListingTests {
    /// Branches, a pull request and both kinds of tags.
    private func filled() throws -> GitRemote {
        let remote = try GitRemote()
        try remote.fixture.write("a.txt", "text\n")
        try remote.fixture.commit()
        try remote.git("branch", "topic/é")
        try remote.git("tag", "light")
        try remote.git("tag", "--annotate", "--message", "text", "heavy")
        try remote.git("update-ref", "refs/pull/1/head", "HEAD")
        return remote
    }

    private func expected(_ remote: GitRemote) throws -> [RemoteReference] {
        try remote.git("for-each-ref", "--format=%(objectname) %(refname)")
            .split(separator: "\n").map { line in
                RemoteReference(
                    name: String(line.dropFirst(41)), oid: try oid(String(line.prefix(40))))
            }
    }

    @Test("gives all of them with their objects, tags unpeeled, and the target of HEAD")
    func all() throws {
        let remote = try filled()
        let wanted = try expected(remote)
        #expect(wanted.count == 5)
        let path = remote.fixture.path
        for url in [remote.url, path, path + "/.git", "file://" + path] {
            let listing = try Remote.references(at: url, options: remote.options)
            #expect(listing.references == wanted, "\(url)")
            #expect(listing.head == "refs/heads/main", "\(url)")
        }
        #expect(
            try remote.requests() == [
                "GET /repository.git/info/refs?service=git-upload-pack 200 with credentials"
            ])
    }

    @Test("takes the credentials from the URL when there are no others")
    func credentialsOfURL() throws {
        let remote = try filled()
        let url = remote.url.replacing("http://", with: "http://any:\(remote.token)@")
        #expect(try Remote.references(at: url).references.count == 5)
    }

    @Test("needs no credentials where none are asked for")
    func open() throws {
        let remote = try GitRemote(token: nil)
        try remote.fixture.commit()
        #expect(try Remote.references(at: remote.url).references.map(\.name) == ["refs/heads/main"])
    }

    @Test("knows a HEAD that is detached or has no commit")
    func heads() throws {
        let remote = try GitRemote()
        for url in [remote.url, remote.fixture.path] {
            let empty = try Remote.references(at: url, options: remote.options)
            #expect(empty.head == nil)
            #expect(empty.references.isEmpty)
        }
        try remote.fixture.commit()
        try remote.git("checkout", "--quiet", "--detach")
        for url in [remote.url, remote.fixture.path] {
            let listing = try Remote.references(at: url, options: remote.options)
            #expect(listing.head == nil)
            #expect(listing.references.map(\.name) == ["refs/heads/main"])
        }
    }

    @Test("reads paths with blanks, colons, percent signs and other letters")
    func oddPaths() throws {
        let fixture = try GitFixture()
        try fixture.commit()
        for name in ["a b", "a:b", "a%41", "é", "a#b?c", "-a", "a'b"] {
            let path = fixture.folder + "/" + name
            try fixture.git("clone", "--quiet", "--bare", "--", fixture.path, path)
            #expect(try Remote.references(at: path).references.count == 1, "\(name)")
        }
    }
}
