import Testing

@testable import Cryptography

@Suite("Base 64 for URLs without padding")
struct Base64URLTests {
    /// RFC 4648, section 10.
    @Test(
        "is that of the standard",
        arguments: [
            ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"),
            ("fooba", "Zm9vYmE"), ("foobar", "Zm9vYmFy"),
        ])
    func vectors(_ clear: String, _ text: String) {
        #expect(Base64URL.encodeUnpadded(Array(clear.utf8)) == text)
        #expect(Base64URL.decodeUnpadded(text) == Array(clear.utf8))
    }

    @Test(
        "is refused in any other form",
        arguments: ["Zg==", "Z", "Zh", "Zm9", "Zm+v", "Zm/v", "Zm 9", "Zm9v\n", "Zm9vé", "===="])
    func strict(_ text: String) {
        #expect(Base64URL.decodeUnpadded(text) == nil)
    }
}
