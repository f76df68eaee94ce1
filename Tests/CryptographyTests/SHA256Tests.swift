import Cryptography
import Testing

@Suite("SHA-256")
struct SHA256Tests {
    @Test(
        "answers the published test vectors",
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
        ])
    func vectors(text: String, expected: String) {
        #expect(SHA256Digest.of(Array(text.utf8)).hex == expected)
    }

    @Test("gives the same digest in pieces as at once")
    func pieces() {
        let bytes = (0..<10_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        var hasher = SHA256Hasher()
        for start in stride(from: 0, to: bytes.count, by: 777) {
            hasher.update(Array(bytes[start..<min(start + 777, bytes.count)]))
        }
        #expect(hasher.finalize() == SHA256Digest.of(bytes))

        var separated = SHA256Hasher()
        separated.update([1, 2])
        separated.update(byte: 3)
        #expect(separated.finalize() == SHA256Digest.of([1, 2, 3]))
    }

    @Test("keeps its bytes through hexadecimal and back")
    func roundTrip() throws {
        let digest = SHA256Digest.of([0xFF, 0x00])
        #expect(digest.bytes.count == 32)
        #expect(SHA256Digest(bytes: digest.bytes) == digest)
        #expect(SHA256Digest(hex: digest.hex) == digest)
        #expect(SHA256Digest(hex: digest.hex.uppercased()) == digest)
        #expect(digest.description == digest.hex)
        #expect(SHA256Digest(hex: digest.hex.dropLast()) == nil)
        #expect(SHA256Digest(hex: digest.hex.dropLast() + "g") == nil)
        #expect(SHA256Digest(bytes: [1, 2, 3]) == nil)
    }

    @Test("orders digests as their bytes are ordered")
    func order() {
        let digests = (0..<200).map { SHA256Digest.of([UInt8($0)]) }
        let byValue = digests.sorted().map(\.bytes)
        let byBytes = digests.map(\.bytes).sorted { $0.lexicographicallyPrecedes($1) }
        #expect(byValue == byBytes)
        #expect(Set(digests).count == 200)
    }
}
