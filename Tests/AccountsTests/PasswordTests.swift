import Testing

@testable import Accounts

@Suite("A password")
struct PasswordTests {
    @Test(
        "is refused when it is guessed first",
        arguments: [
            "", "short pass1", "aaaaaaaaaaaa", "123456789012", "passwordpassword", "Password1234!",
            "!!password!!", "12345qwerty12345", "Qwertyuiopas", "LetMeIn-2024-2025",
            "ada@example.org", "x ADA@example.org x", "ada.lovelace@example.org1", "ababababababab",
            String(repeating: "long enough ", count: 86),
        ])
    func weak(_ password: String) throws {
        let email = try EmailAddress(
            password.contains("lovelace") ? "ada.lovelace@example.org" : "ada@example.org")
        expectRefusal(.weakPassword) { try PasswordRules.check(password, email: email) }
    }

    @Test("is refused when it is the name of the address with something around it")
    func name() throws {
        let email = try EmailAddress("ada.lovelace@example.org")
        expectRefusal(.weakPassword) { try PasswordRules.check("Ada.Lovelace123", email: email) }
    }

    @Test(
        "is taken otherwise",
        arguments: [
            "nine green lamps 41", "Zx9!kq-Lm2$wv", "пароль двенадцать",
            String(repeating: "abcdefg ", count: 128),
            "ein Satz mit Ada drin",
        ])
    func strong(_ password: String) throws {
        try PasswordRules.check(password, email: try EmailAddress("ada@example.org"))
    }

    @Test("is stored as a hash with its parameters and a salt of its own")
    func hash() throws {
        let first = try PasswordHash(of: "nine green lamps 41", rounds: 1000)
        let second = try PasswordHash(of: "nine green lamps 41", rounds: 1000)
        #expect(first.stored != second.stored)
        #expect(first.stored.hasPrefix("$pbkdf2-sha256$i=1000$"))
        let read = try #require(PasswordHash(stored: first.stored))
        #expect(read == first)
        #expect(try read.fits("nine green lamps 41"))
        #expect(try !read.fits("nine green lamps 42"))
        #expect(try !read.fits(""))
        #expect(PasswordHash.standardRounds == 600_000)
    }

    @Test("has the hash that anybody computes from salt and rounds")
    func vector() throws {
        // hashlib.pbkdf2_hmac("sha256", b"nine green lamps 41", bytes(range(16)), 2000)
        let stored =
            "$pbkdf2-sha256$i=2000$AAECAwQFBgcICQoLDA0ODw$voAIh_78FM5hJAQZOFSMS0P1IlbNqR_muojJJSTl4Uo"
        #expect(try #require(PasswordHash(stored: stored)).fits("nine green lamps 41"))
    }

    @Test(
        "has no hash that is damaged",
        arguments: [
            "", "x", "$pbkdf2-sha256$i=0$AAAA$AAAA", "$pbkdf2-sha256$i=1000$AAAA",
            "$pbkdf2-sha256$i=99999999$AAECAwQFBgcICQoLDA0ODw$voAIh_78FM5hJAQZOFSMS0P1IlbNqR_muojJJSTl4Uo",
            "$pbkdf2-sha1$i=2000$AAECAwQFBgcICQoLDA0ODw$voAIh_78FM5hJAQZOFSMS0P1IlbNqR_muojJJSTl4Uo",
            "$pbkdf2-sha256$i=2000$$voAIh_78FM5hJAQZOFSMS0P1IlbNqR_muojJJSTl4Uo",
            "$pbkdf2-sha256$i=2000$AAECAwQFBgcICQoLDA0ODw$AAAA",
            "$pbkdf2-sha256$i=-2000$AAECAwQFBgcICQoLDA0ODw$voAIh_78FM5hJAQZOFSMS0P1IlbNqR_muojJJSTl4Uo",
        ])
    func damaged(_ stored: String) {
        #expect(PasswordHash(stored: stored) == nil)
    }
}
