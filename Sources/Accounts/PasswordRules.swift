/// Which passwords are taken.
enum PasswordRules {
    private static let byteCounts = 12...1024
    /// With fewer different bytes than this a password is a pattern of the keyboard's.
    private static let fewestDistinctBytes = 5

    /// Refuses a password that is easily guessed.
    ///
    /// - Throws: ``AccountError`` with code `weakPassword`.
    static func check(_ password: String, email: EmailAddress) throws(AccountError) {
        let count = password.utf8.count
        guard count >= byteCounts.lowerBound else {
            throw weak(
                "the password is too short", "take \(byteCounts.lowerBound) characters or more")
        }
        guard count <= byteCounts.upperBound else {
            throw weak(
                "the password is too long", "take \(byteCounts.upperBound) characters or fewer")
        }
        let lower = password.lowercased()
        let name = email.text.prefix { $0 != "@" }
        guard !lower.contains(email.text), stem(lower) != stem(String(name)) else {
            throw weak("the password is made of the address", "choose another one")
        }
        guard Set(lower.utf8).count >= fewestDistinctBytes, !GuessedPasswords.contains(lower),
            !GuessedPasswords.contains(stem(lower))
        else {
            throw weak(
                "the password is one that is guessed first",
                "choose another one, such as four words that have nothing to do with each other")
        }
    }

    /// The letters in the middle: without what people put around a word to make it longer.
    private static func stem(_ password: String) -> String {
        let bytes = Array(password.utf8)
        guard let first = bytes.firstIndex(where: isLetter),
            let last = bytes.lastIndex(where: isLetter)
        else { return password }
        return String(decoding: bytes[first...last], as: UTF8.self)
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || byte >= 0x80
    }

    private static func weak(_ message: String, _ remedy: String) -> AccountError {
        AccountError(.weakPassword, message, remedy: remedy)
    }
}
