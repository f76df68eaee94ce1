import Git
import Testing

@Suite("The URL of a remote")
struct RemoteURLTests {
    @Test(
        "is shown without credentials and query",
        arguments: [
            ("https://github.com/a/b.git", "https://github.com/a/b.git"),
            ("https://user:secret@Host.example/a?token=secret", "https://host.example/a"),
            ("https://secret@host.example:8443/a#secret", "https://host.example:8443/a"),
            ("https://u:se@cret@host.example/a", "https://host.example/a"),
            ("https://u:s%2Fecret@[::1]:1/a", "https://[::1]:1/a"),
            ("ssh://git@host.example/a", "ssh://host.example/a"),
            ("git+ssh://git:secret@host.example:22/a", "ssh://host.example:22/a"),
            ("git@host.example:a/b.git", "host.example:a/b.git"),
            ("git:secret@host.example:a/b.git", "host.example:a/b.git"),
            ("host.example:a", "host.example:a"),
            ("git@[::1]:a", "[::1]:a"),
            ("/srv/git/a b.git", "/srv/git/a b.git"),
            ("/srv/a:b%41.git", "/srv/a:b%41.git"),
            ("file:///srv/git/a.git", "file:///srv/git/a.git"),
            ("file://localhost/srv/a.git", "file:///srv/a.git"),
        ])
    func shown(url: String, shown: String) throws {
        #expect(try Remote.shown(url) == shown)
        #expect(try !Remote.shown(url).contains("secret"))
    }

    @Test(
        "is refused where no remote can or may be",
        arguments: [
            "", "a", "./a", "../a", "a/b:c", ":a", "git://host.example/a", "ext::sh -c id",
            "ftp://host.example/a", "file://other.example/a", "https://", "https:///a",
            "https://user@/a", "https://host.example:port/a", "https://host.example:70000/a",
            "https://a b/c", "https://host.example/a\nb", "ssh://host.example", "ssh://-o/a",
            "ssh://host.example/a';id;'", "git@host.example:a'b", "git@host.example:",
        ])
    func refused(url: String) {
        for action in [
            { _ = try Remote.shown(url) }, { _ = try Remote.references(at: url) },
            { _ = try Mirror(at: "/nonexistent", url: url) },
        ] {
            #expect { try action() } throws: { ($0 as? GitError)?.code == .unsupportedURL }
        }
    }

    @Test("shows nothing of the credentials in a dump or description")
    func credentials() {
        var options = RemoteOptions()
        for credentials in [
            RemoteCredentials.token(username: "user-5ecret", password: "5ecret"),
            .sshKey(privateKey: "5ecret", passphrase: "5ecret"),
        ] {
            options.credentials = credentials
            var dumped = ""
            dump(options, to: &dumped)
            for text in [
                dumped, "\(credentials)", String(reflecting: credentials), "\(options)",
                String(reflecting: options),
            ] {
                #expect(!text.contains("5ecret"))
            }
        }
    }

    @Test(
        "may not lead to a private address when that is forbidden",
        arguments: [
            "0.0.0.0", "10.0.0.1", "100.64.0.1", "127.0.0.1", "127.9.9.9", "169.254.169.254",
            "172.16.0.1", "172.31.255.255", "192.168.1.1", "198.18.0.1", "224.0.0.1",
            "255.255.255.255", "[::]", "[::1]", "[fe80::1]", "[fd00::1]", "[ff02::1]",
            "[::ffff:10.0.0.1]", "[64:ff9b::a00:1]", "[2002:a00:1::]", "localhost",
        ])
    func privateAddresses(host: String) {
        var options = RemoteOptions()
        options.allowsPrivateAddresses = false
        for url in ["http://\(host):9/a", "https://\(host):9/a", "ssh://git@\(host):9/a"] {
            #expect {
                try Remote.references(at: url, options: options)
            } throws: {
                ($0 as? GitError)?.code == .unsupportedURL
            }
        }
    }

    @Test("may not be a local path when private addresses are forbidden")
    func privatePaths() throws {
        var options = RemoteOptions()
        options.allowsPrivateAddresses = false
        for url in ["/srv", "file:///srv"] {
            #expect {
                try Remote.references(at: url, options: options)
            } throws: {
                ($0 as? GitError)?.code == .unsupportedURL
            }
        }
    }
}
