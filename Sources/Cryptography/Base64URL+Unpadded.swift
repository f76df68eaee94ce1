extension Base64URL {
    /// Encodes bytes without padding, as JSON web tokens and PKCE do (RFC 7515, section 2).
    ///
    /// - Parameter bytes: The bytes.
    /// - Returns: Letters, digits, `-` and `_` only.
    public static func encodeUnpadded(_ bytes: [UInt8]) -> String {
        var text = encode(bytes)
        while text.last == "=" { text.removeLast() }
        return text
    }

    /// Decodes text without padding.
    ///
    /// Strict, bits that the last letter wastes included: each value has one text only.
    ///
    /// - Parameter text: The text.
    /// - Returns: The bytes, or nil when any character is out of place.
    public static func decodeUnpadded(_ text: some StringProtocol) -> [UInt8]? {
        guard !text.utf8.contains(UInt8(ascii: "=")) else { return nil }
        switch text.utf8.count % 4 {
        case 0: return decode(String(text))
        case 2: return decode(String(text) + "==")
        case 3: return decode(String(text) + "=")
        default: return nil
        }
    }
}
