import Testing

@testable import Cryptography

@Suite("Fernet's keys change")
struct FernetRotationTests {
    @Test("by encrypting under the first what an older one made")
    func rotate() throws {
        let old = try FernetKey.generate()
        let new = try FernetKey.generate()
        let secret = Array("hello".utf8)
        let token = try Fernet(keys: [old]).encrypt(secret)
        let box = Fernet(keys: [new, old])
        let moved = try #require(try box.reencrypt(token))
        #expect(try Fernet(keys: [new]).decrypt(moved) == secret)
        #expect(throws: CryptographyError.self) { try Fernet(keys: [old]).decrypt(moved) }
        #expect(try box.reencrypt(moved) == nil)
    }

    @Test("but not without the key that made the value")
    func missingKey() throws {
        let token = try Fernet(keys: [try FernetKey.generate()]).encrypt([1, 2, 3])
        let error = #expect(throws: CryptographyError.self) {
            try Fernet(keys: [try FernetKey.generate()]).reencrypt(token)
        }
        #expect(error?.code == .unauthenticToken)
    }
}
