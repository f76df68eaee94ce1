/// An address in the one form that is stored and compared.
///
/// White space around it is dropped and letters become lower case, in the part before the `@` too:
/// two accounts that differ in case alone would be taken for each other. ASCII only, for the same
/// reason; a domain beyond ASCII is written in its `xn--` form.
public struct EmailAddress: Sendable, Equatable {
    private static let localByteLimit = 64
    private static let byteLimit = 254
    private static let labelByteLimit = 63

    /// The address in that form.
    public let text: String

    /// Reads an address.
    ///
    /// - Parameter text: What somebody wrote.
    /// - Throws: ``AccountError`` with code `invalidEmail`.
    public init(_ text: String) throws(AccountError) {
        var bytes = Array(text.utf8)
        while let last = bytes.last, Self.isBlank(last) { bytes.removeLast() }
        bytes = Array(bytes.drop(while: Self.isBlank)).map(Self.lowercased)
        guard bytes.count <= Self.byteLimit, let at = bytes.lastIndex(of: UInt8(ascii: "@")),
            Self.isLocal(bytes[..<at]), Self.isDomain(bytes[(at + 1)...])
        else {
            throw AccountError(
                .invalidEmail, "that is no e-mail address",
                remedy: "write it as name@example.org, with letters of ASCII")
        }
        self.text = String(decoding: bytes, as: UTF8.self)
    }

    private static func isLocal(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard (1...localByteLimit).contains(bytes.count) else { return false }
        let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return parts.allSatisfy { part in
            !part.isEmpty
                && part.allSatisfy {
                    isLetterOrDigit($0) || "!#$%&'*+/=?^_`{|}~-".utf8.contains($0)
                }
        }
    }

    private static func isDomain(_ bytes: ArraySlice<UInt8>) -> Bool {
        let labels = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let hyphen = UInt8(ascii: "-")
        return labels.allSatisfy { label in
            (1...labelByteLimit).contains(label.count)
                && label.first != hyphen && label.last != hyphen
                && label.allSatisfy { isLetterOrDigit($0) || $0 == hyphen }
        }
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (9...13).contains(byte) }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
