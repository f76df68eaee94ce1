#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A path inside a repository: raw bytes as git stores them, `/` between names, none in front.
///
/// Git does not say in which encoding names are, so the bytes are the truth and every text form is
/// made at the edge. Paths are ordered as `memcmp` orders them, which is the order of a tree walk.
public struct GitPath: Hashable, Comparable, Sendable, CustomStringConvertible,
    ExpressibleByStringLiteral
{
    /// The bytes of the path.
    public let bytes: [UInt8]

    /// Makes a path from its bytes.
    ///
    /// - Parameter bytes: The path as git stores it.
    public init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Makes a path from text, taken as UTF-8 and as it stands.
    ///
    /// - Parameter string: The path; a `%` in it is just a `%`.
    public init(_ string: String) {
        bytes = Array(string.utf8)
    }

    /// Makes a path from a literal, taken as UTF-8.
    ///
    /// - Parameter value: The path.
    public init(stringLiteral value: String) {
        self.init(value)
    }

    /// Reads back what ``description`` wrote.
    ///
    /// - Parameter text: Text in which `%` is always followed by two hexadecimal digits; `nil`
    ///   where it is not.
    public init?(percentEncoded text: some StringProtocol) {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst().flatMap(HexadecimalDigit.value(of:)),
                let low = rest.popFirst().flatMap(HexadecimalDigit.value(of:))
            else { return nil }
            bytes.append(high << 4 | low)
        }
        self.bytes = bytes
    }

    /// The path as text, with `%`, control characters and bytes that are not UTF-8 as `%` and two
    /// digits.
    public var description: String {
        PercentEncoding.text(of: bytes)
    }

    /// The bytes of the last name.
    public var name: ArraySlice<UInt8> {
        guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else { return bytes[...] }
        return bytes[(slash + 1)...]
    }

    /// The folder the path is in, or `nil` at the top.
    public var parent: GitPath? {
        guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else { return nil }
        return GitPath(Array(bytes[..<slash]))
    }

    /// Tells whether the first path comes before the second in byte order.
    public static func < (left: GitPath, right: GitPath) -> Bool {
        let common = min(left.bytes.count, right.bytes.count)
        let order = memcmp(left.bytes, right.bytes, common)
        return order == 0 ? left.bytes.count < right.bytes.count : order < 0
    }
}
