import Testing

@testable import API

@Suite("The address of a repository that is connected")
struct ConnectAddressTests {
    @Test("goes without the password of http, which becomes credentials")
    func password() throws {
        let address = try ConnectAddress(
            "https://me:to%2Fken@git.example/a/b.git", allowsPrivate: false)
        #expect(address.url == "https://git.example/a/b.git")
        guard case .token("to/ken", username: "me") = address.credentials else {
            Issue.record("the credentials are others")
            return
        }
    }

    @Test(
        "is taken as it is where nothing in it is secret",
        arguments: [
            "https://git.example/a/b.git", "ssh://git@git.example/a/b", "git@git.example:a/b.git",
            "https://8.8.8.8/a", "https://10.example/a",
        ])
    func plain(url: String) throws {
        let address = try ConnectAddress(url, allowsPrivate: false)
        #expect(address.url == url && address.credentials == nil)
    }

    @Test(
        "is refused where a secret would stay in it, or no worker fetches from it",
        arguments: [
            "https://git.example/a?token=5ecret", "https://git.example/a#5ecret",
            "ssh://git:5ecret@git.example/a", "git:5ecret@git.example:a",
            "git@git.example:a?5ecret", "git://git.example/a", "ext::5ecret", "a/b",
        ])
    func refused(url: String) {
        #expect {
            try ConnectAddress(url, allowsPrivate: true)
        } throws: { error in
            (error as? APIRefusal)?.message.contains("5ecret") == false
        }
    }

    @Test(
        "is refused where it is private, unless that is allowed",
        arguments: [
            "http://localhost/a", "http://127.0.0.1:80/a", "https://10.1.2.3/a",
            "https://u:p@172.16.0.1/a", "ssh://git@192.168.1.1/a", "git@169.254.1.1:a",
            "http://[::1]/a", "http://[fe80::1]:8080/a", "http://[::ffff:10.0.0.1]/a",
            "http://2130706433/a", "http://localhost./a", "/srv/a", "file:///srv/a",
        ])
    func privateHosts(url: String) throws {
        #expect(throws: APIRefusal.self) { try ConnectAddress(url, allowsPrivate: false) }
        _ = try ConnectAddress(url, allowsPrivate: true)
    }

    @Test(
        "is shown without secrets, even one that is stored with them",
        arguments: [
            ("https://u:p@git.example/a?token=x#y", "https://git.example/a"),
            ("ssh://git@git.example/a", "ssh://git.example/a"),
            ("git:p@git.example:a", "git.example:a"), ("git@git.example:a", "git@git.example:a"),
            ("/srv/a@b:c", "/srv/a@b:c"),
        ])
    func shown(url: String, shown: String) {
        #expect(RemoteAddress.withoutSecrets(url) == shown)
    }
}
