import Cryptography
import Testing

@Suite("HMAC with SHA-256")
struct HMACSHA256Tests {
    /// A case of RFC 4231, section 4.
    struct Vector: Sendable {
        let number: Int
        let key: [UInt8]
        let message: [UInt8]
        let code: String
        var codeByteCount = 32
    }

    static let vectors = [
        Vector(
            number: 1, key: repeated(0x0b, 20), message: Array("Hi There".utf8),
            code: "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
        Vector(
            number: 2, key: Array("Jefe".utf8),
            message: Array("what do ya want for nothing?".utf8),
            code: "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
        Vector(
            number: 3, key: repeated(0xaa, 20), message: repeated(0xdd, 50),
            code: "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"),
        Vector(
            number: 4, key: Array(0x01...0x19), message: repeated(0xcd, 50),
            code: "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"),
        Vector(
            number: 5, key: repeated(0x0c, 20), message: Array("Test With Truncation".utf8),
            code: "a3b6167473100ee06e0c796c2955552b", codeByteCount: 16),
        Vector(
            number: 6, key: repeated(0xaa, 131),
            message: Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
            code: "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"),
        Vector(
            number: 7, key: repeated(0xaa, 131),
            message: Array(
                """
                This is a test using a larger than block-size key and a larger than block-size data. \
                The key needs to be hashed before being used by the HMAC algorithm.
                """.utf8),
            code: "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"),
    ]

    private static func repeated(_ byte: UInt8, _ count: Int) -> [UInt8] {
        [UInt8](repeating: byte, count: count)
    }

    private func hex(_ bytes: [UInt8]) -> String {
        bytes.map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }

    @Test("answers the vectors of RFC 4231", arguments: vectors)
    func vector(vector: Vector) {
        let code = HMACSHA256.authenticationCode(of: vector.message, key: vector.key)
        #expect(code.count == HMACSHA256.byteCount)
        #expect(hex(Array(code.prefix(vector.codeByteCount))) == vector.code)
    }

    @Test("takes an empty key and an empty message")
    func empty() {
        #expect(
            hex(HMACSHA256.authenticationCode(of: [UInt8](), key: []))
                == "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad")
    }

    @Test("comparing finds a difference wherever it lies, and in length")
    func comparing() {
        let bytes = Array("0123456789abcdef".utf8)
        #expect(ConstantTime.areEqual(bytes, bytes))
        #expect(ConstantTime.areEqual([], []))
        for index in bytes.indices {
            var other = bytes
            other[index] ^= 1
            #expect(!ConstantTime.areEqual(bytes, other))
        }
        #expect(!ConstantTime.areEqual(bytes, bytes + [0]))
        #expect(!ConstantTime.areEqual(bytes, Array(bytes.dropLast())))
        #expect(!ConstantTime.areEqual(bytes, []))
    }

    @Test("random bytes come in the number asked for, and differ")
    func random() throws {
        #expect(try SecureRandom.bytes(0).isEmpty)
        let draws = try (0..<100).map { _ in try SecureRandom.bytes(16) }
        #expect(draws.allSatisfy { $0.count == 16 })
        #expect(Set(draws).count == 100)
    }
}
