import Testing

@testable import Cryptography

@Suite("Fernet")
struct FernetTests {
    /// The key of every vector of the Fernet specification.
    private static let secret = "cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4="
    private static let token =
        "gAAAAAAdwJ6wAAECAwQFBgcICQoLDA0ODy021cpGVWKZ_eEwCGM4BLLF_5CV9dOPmrhuVUPgJobwOz7JcbmrR64jVmpU4IwqDA=="
    /// 1985-10-26T01:20:00-07:00.
    private static let moment = 499_162_800

    private func box() throws -> Fernet {
        Fernet(keys: [try FernetKey(encoded: Self.secret)])
    }

    @Test("generates the specification's token")
    func generate() throws {
        let token = try box().encrypt(
            Array("hello".utf8), at: Self.moment, vector: Array(0...15))
        #expect(token == Self.token)
    }

    @Test("verifies the specification's token")
    func verify() throws {
        let clear = try box().decrypt(Self.token, timeToLiveSeconds: 60, at: Self.moment + 1)
        #expect(clear == Array("hello".utf8))
        #expect(try box().decrypt(Self.token) == Array("hello".utf8))
    }

    /// An invalid token of the specification, with why it is invalid.
    struct Invalid: Sendable {
        let why: String
        let token: String
        let code: CryptographyError.Code
        var now = FernetTests.moment + 1
    }

    static let invalid = [
        Invalid(
            why: "incorrect mac",
            token:
                "gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPAl1-szkFVzXTuGb4hR8AKtwcaX1YdykQUFBQUFBQUFBQQ==",
            code: .unauthenticToken),
        Invalid(
            why: "too short",
            token: "gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPA==", code: .malformedToken
        ),
        Invalid(
            why: "invalid base 64",
            token:
                "%%%%%%%%%%%%%AECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPAl1-szkFVzXTuGb4hR8AKtwcaX1YdykRtfsH-p1YsUD2Q==",
            code: .malformedToken),
        Invalid(
            why: "payload size not multiple of block size",
            token:
                "gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPOm73QeoCk9uGib28Xe5vz6oxq5nmxbx_v7mrfyudzUm",
            code: .malformedToken),
        Invalid(
            why: "payload padding error",
            token:
                "gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0ODz4LEpdELGQAad7aNEHbf-JkLPIpuiYRLQ3RtXatOYREu2FWke6CnJNYIbkuKNqOhw==",
            code: .malformedToken),
        Invalid(
            why: "far-future timestamp",
            token:
                "gAAAAAAdwStRAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPAnja1xKYyhd-Y6mSkTOyTGJmw2Xc2a6kBd-iX9b_qXQcw==",
            code: .expiredToken),
        Invalid(
            why: "expired",
            token:
                "gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPAl1-szkFVzXTuGb4hR8AKtwcaX1YdykRtfsH-p1YsUD2Q==",
            code: .expiredToken, now: FernetTests.moment + 91),
        Invalid(
            why: "incorrect initialisation vector",
            token:
                "gAAAAAAdwJ6xBQECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPAkLhFLHpGtDBRLRTZeUfWgHSv49TF2AUEZ1TIvcZjK1zQ==",
            code: .malformedToken),
        Invalid(
            why: "very short payload", token: "gAAAAABdnQ1TUKh2OE_ggbyCIxfg",
            code: .malformedToken),
        Invalid(why: "super short payload", token: "gAAA", code: .malformedToken),
    ]

    @Test("refuses every invalid token of the specification", arguments: invalid)
    func refuses(invalid: Invalid) throws {
        let box = try box()
        let error = #expect(throws: CryptographyError.self) {
            try box.decrypt(invalid.token, timeToLiveSeconds: 60, at: invalid.now)
        }
        #expect(error?.code == invalid.code, "\(invalid.why)")
    }

    @Test("the first key encrypts, every key decrypts, another does not")
    func keys() throws {
        let old = try FernetKey.generate()
        let new = try FernetKey.generate()
        let secret = Array("s3cret\0\u{fc}".utf8)
        let token = try Fernet(keys: [old]).encrypt(secret)
        #expect(try Fernet(keys: [new, old]).decrypt(token) == secret)
        let fresh = try Fernet(keys: [new, old]).encrypt(secret)
        #expect(try Fernet(keys: [new]).decrypt(fresh) == secret)
        let error = #expect(throws: CryptographyError.self) {
            try Fernet(keys: [new]).decrypt(token)
        }
        #expect(error?.code == .unauthenticToken)
        #expect(throws: CryptographyError.self) { try Fernet(keys: []).encrypt(secret) }
    }

    @Test("every length comes back", arguments: [0, 1, 15, 16, 17, 31, 32, 1000])
    func lengths(count: Int) throws {
        let box = try box()
        let bytes = try SecureRandom.bytes(count)
        #expect(try box.decrypt(try box.encrypt(bytes)) == bytes)
    }

    @Test("a flipped bit anywhere is noticed")
    func flipped() throws {
        let box = try box()
        let letters = Array(Self.token.utf8)
        for index in 0..<(letters.count - 3) {
            var changed = letters
            changed[index] =
                changed[index] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            if changed == letters { continue }
            #expect(throws: CryptographyError.self) {
                try box.decrypt(String(decoding: changed, as: UTF8.self))
            }
        }
    }

    @Test(
        "a key that is no key is refused without being shown",
        arguments: ["", "abc", secret + "=", String(secret.dropLast(2)) + "?=", secret + secret])
    func badKeys(text: String) {
        let error = #expect(throws: CryptographyError.self) { try FernetKey(encoded: text) }
        #expect(error?.code == .malformedKey)
        if text.count > 3 { #expect(error?.description.contains(text) == false) }
    }

    @Test("a key comes back from its text, and is never printed")
    func text() throws {
        let key = try FernetKey.generate()
        #expect(key.encoded().count == 44)
        #expect(try FernetKey(encoded: key.encoded()).encoded() == key.encoded())
        var dumped = ""
        dump(key, to: &dumped)
        #expect(!"\(key) \(dumped)".contains(key.encoded()))
    }
}
