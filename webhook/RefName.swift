/// The names that git allows for refs, as `git check-ref-format` has them.
enum RefName {
    /// Longer names are refused.
    static let limitBytes = 1024

    /// Whether a text is the full name of a ref, such as `refs/heads/main`.
    static func isValid(_ name: String) -> Bool {
        let bytes = Array(name.utf8)
        guard bytes.count <= limitBytes, name.hasPrefix("refs/"), bytes.last != UInt8(ascii: ".")
        else { return false }
        let forbidden = Array(" ~^:?*[\\".utf8)
        guard !bytes.contains(where: { $0 < 0x20 || $0 == 0x7f || forbidden.contains($0) }),
            !name.contains(".."), !name.contains("@{")
        else { return false }
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        return parts.count >= 3
            && parts.allSatisfy { !$0.isEmpty && !$0.hasPrefix(".") && !$0.hasSuffix(".lock") }
    }
}
