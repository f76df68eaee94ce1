import Storage
import Testing

@Suite("The ways to write one place")
struct RemoteLocationTests {
    @Test(
        "of a host compare as equal",
        arguments: [
            "https://github.com/Octo/Hello.git", "https://github.com/octo/hello",
            "https://github.com:443/octo/hello/", "http://GitHub.com/octo/hello.git",
            "https://user:password@github.com/octo/hello.git", "git@github.com:octo/hello.git",
            "ssh://git@github.com/octo/hello.git", "ssh://git@github.com:22/octo/hello",
            "git://github.com/octo//hello.git", "https://github.com/octo/hello.git?x=1#y",
        ])
    func host(url: String) {
        let location = RemoteLocation(url)
        #expect(location?.normalised == "github.com/octo/hello")
        #expect(location?.fullName == "octo/hello")
        #expect(location?.host == "github.com")
    }

    @Test(
        "of a path compare as equal",
        arguments: [
            "/srv/Octo/hello.git", "file:///srv/Octo/hello.git", "file://localhost/srv/Octo/hello",
            "/srv/Octo/hello/.git", "/srv//Octo/./hello/", "file:///srv/%4Fcto/hello",
        ])
    func path(url: String) {
        let location = RemoteLocation(url)
        #expect(location?.normalised == "/srv/Octo/hello")
        #expect(location?.fullName == "octo/hello")
        #expect(location?.host == nil)
    }

    @Test("of different places differ")
    func differ() {
        let places = [
            "https://github.com/octo/hello", "https://github.com/octo/hello2",
            "https://github.com:8443/octo/hello", "https://gitlab.com/octo/hello",
            "/github.com/octo/hello", "/srv/Hello", "/srv/hello",
        ]
        #expect(Set(places.map { RemoteLocation($0)?.normalised }).count == places.count)
    }

    @Test(
        "that name none are refused",
        arguments: [
            "", "hello", "octo/hello", "https://", "https://github.com", "https:///octo",
            "ftp://x/y", "javascript:alert(1)//", "file://elsewhere/x", "/", "/..",
            "https://h/a/../b", "https://h/a\0b", "https://h/a\nb",
            "https://h/" + String(repeating: "x", count: 9000),
        ])
    func refused(url: String) {
        if url.hasPrefix("javascript") {
            // The form user@host:path knows no schemes; such a host answers to nobody.
            #expect(RemoteLocation(url)?.host == "javascript")
        } else {
            #expect(RemoteLocation(url) == nil, "\(url)")
        }
    }
}
