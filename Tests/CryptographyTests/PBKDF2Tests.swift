import Testing

@testable import Cryptography

@Suite("PBKDF2 with HMAC-SHA-256")
struct PBKDF2Tests {
    /// Inputs of RFC 6070, whose outputs for SHA-256 were published with RFC 7914 and by others.
    struct Vector: Sendable {
        let password: String
        let salt: String
        let rounds: Int
        let key: String
    }

    static let vectors = [
        Vector(
            password: "passwd", salt: "salt", rounds: 1,
            key: """
                55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc\
                49ca9cccf179b645991664b39d77ef317c71b845b1e30bd509112041d3a19783
                """),
        Vector(
            password: "Password", salt: "NaCl", rounds: 80_000,
            key: """
                4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56\
                a1d425a1225833549adb841b51c9b3176a272bdebba1d078478f62b397f33c8d
                """),
        Vector(
            password: "password", salt: "salt", rounds: 1,
            key: "120fb6cffcf8b32c43e7225256c4f837a86548c92ccc35480805987cb70be17b"),
        Vector(
            password: "password", salt: "salt", rounds: 4096,
            key: "c5e478d59288c841aa530db6845c4c8d962893a001ce4e11a4963873aa98134a"),
        Vector(
            password: "passwordPASSWORDpassword", salt: "saltSALTsaltSALTsaltSALTsaltSALTsalt",
            rounds: 4096,
            key: "348c89dbcbd32b2f32d814b8116e84cf2b17347ebc1800181c4e2a1fb8dd53e1c635518c7dac47e9"),
        Vector(
            password: "pass\0word", salt: "sa\0lt", rounds: 4096,
            key: "89b69d0516f829893c696226650a8687"),
    ]

    @Test("gives the keys that others get", arguments: vectors)
    func keys(_ vector: Vector) throws {
        let wanted = vector.key.filter { !$0.isWhitespace }
        let derived = try PBKDF2.deriveKey(
            password: Array(vector.password.utf8), salt: Array(vector.salt.utf8),
            rounds: vector.rounds, byteCount: wanted.count / 2)
        #expect(derived.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() == wanted)
    }

    @Test("takes an empty password and refuses what makes no sense")
    func limits() throws {
        #expect(try PBKDF2.deriveKey(password: [], salt: [1], rounds: 1).count == 32)
        for rounds in [0, -1, Int.max] {
            let error = #expect(throws: CryptographyError.self) {
                try PBKDF2.deriveKey(password: [1], salt: [1], rounds: rounds)
            }
            #expect(error?.code == .derivationFailed)
        }
    }
}
