import Testing

@testable import Accounts

@Suite("An address")
struct EmailAddressTests {
    @Test(
        "has one form",
        arguments: [
            (" Ada.Lovelace@Example.ORG\n", "ada.lovelace@example.org"),
            ("a+b@x-y.example", "a+b@x-y.example"), ("O'Brien@example.org", "o'brien@example.org"),
            ("root@localhost", "root@localhost"),
            (
                String(repeating: "l", count: 64) + "@example.org",
                String(repeating: "l", count: 64) + "@example.org"
            ),
        ])
    func forms(_ written: String, _ form: String) throws {
        #expect(try EmailAddress(written).text == form)
    }

    @Test(
        "is refused when it could be taken for another or is none",
        arguments: [
            "", "@", "a@", "@b", "a b@example.org", "a@b@example.org", "a@exa mple.org",
            "a\u{0}@b.org",
            "a\r\nBcc: c@d.org@b.org", "ada@exämple.org", "аda@example.org", "ada@example.org.",
            "ada@.example.org", "ada@-x.org", "ada@x-.org", ".ada@x.org", "a..b@x.org",
            "ada.@x.org",
            "\"a b\"@x.org", "<ada@x.org>", "ada@[127.0.0.1]", "a,b@x.org",
            String(repeating: "l", count: 65) + "@example.org",
            "a@" + String(repeating: "l", count: 64) + ".org",
            "a@" + String(repeating: "abcdefgh.", count: 30) + "org",
        ])
    func refused(_ text: String) {
        expectRefusal(.invalidEmail) { _ = try EmailAddress(text) }
    }
}
