import Testing

@testable import Webhook

@Suite("A delivery's signature")
struct DeliverySignatureTests {
    private static let secret = Array("It's a Secret to Everybody".utf8)
    private static let body = Array("Hello, World!".utf8)
    /// The example of GitHub's documentation.
    private static let header =
        "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"

    @Test("fits as GitHub documents it")
    func documented() {
        let signature = DeliverySignature(Self.header)
        #expect(signature?.fits(Self.body, secrets: [Self.secret], paddedTo: 2) == true)
        #expect(
            signature?.fits(Self.body, secrets: [[1], [2, 3], Self.secret], paddedTo: 2) == true)
    }

    @Test("does not fit another body, another secret, an empty one, or none")
    func others() {
        let signature = DeliverySignature(Self.header)
        for index in Self.body.indices {
            var body = Self.body
            body[index] ^= 0x20
            #expect(signature?.fits(body, secrets: [Self.secret], paddedTo: 2) == false)
        }
        #expect(
            signature?.fits(Self.body + [0x0a], secrets: [Self.secret], paddedTo: 2) == false)
        #expect(signature?.fits([], secrets: [Self.secret], paddedTo: 2) == false)
        #expect(signature?.fits(Self.body, secrets: [Self.secret + [1]], paddedTo: 2) == false)
        #expect(signature?.fits(Self.body, secrets: [], paddedTo: 2) == false)
        let byNobody = DeliverySignature(WebhookFixture.signature(Self.body, ""))
        #expect(byNobody?.fits(Self.body, secrets: [[]], paddedTo: 2) == false)
        let filler = String(repeating: "n", count: 32)
        let byFiller = DeliverySignature(WebhookFixture.signature(Self.body, filler))
        #expect(byFiller?.fits(Self.body, secrets: [], paddedTo: 2) == false)
    }

    @Test(
        "is refused in any other form",
        arguments: [
            nil, "", "sha256=", "sha256", String(header.dropFirst(7)), String(header.dropLast()),
            header + "0", "sha1=0d4b2ae9a9f0e3a1a2b5b8c8a7d1e2f3a4b5c6d7",
            header.replacing("sha256", with: "sha1"), header.replacing("sha256", with: "SHA256"),
            header.replacing("75", with: "zz"), " " + header,
        ])
    func malformed(header: String?) {
        #expect(DeliverySignature(header) == nil)
    }
}
