#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

/// An address of IPv4 or IPv6, as its bytes.
struct NetworkAddress: Hashable, Sendable, CustomStringConvertible {
    private static let mappedPrefix: [UInt8] = .init(repeating: 0, count: 10) + [0xFF, 0xFF]
    /// What a provider gives to one customer: the rest of the bits is theirs to choose.
    private static let customerBytes = 8

    /// Four or sixteen bytes; an address of IPv4 in the clothes of IPv6 has four.
    let bytes: [UInt8]

    /// Reads an address as systems write it, perhaps in brackets or with a zone.
    init?(_ text: some StringProtocol) {
        var text = String(text)
        if text.hasPrefix("["), text.hasSuffix("]") { text = String(text.dropFirst().dropLast()) }
        if let zone = text.firstIndex(of: "%") { text = String(text[..<zone]) }
        var version4 = in_addr()
        var version6 = in6_addr()
        if inet_pton(AF_INET, text, &version4) == 1 {
            bytes = withUnsafeBytes(of: version4) { Array($0) }
        } else if inet_pton(AF_INET6, text, &version6) == 1 {
            let all = withUnsafeBytes(of: version6) { Array($0) }
            bytes = all.starts(with: Self.mappedPrefix) ? Array(all[12...]) : all
        } else {
            return nil
        }
    }

    /// The address as systems write it.
    var description: String {
        var text = [CChar](repeating: 0, count: 64)
        let family = bytes.count == 4 ? AF_INET : AF_INET6
        _ = inet_ntop(family, bytes, &text, socklen_t(text.count))
        let characters = text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        return String(decoding: characters, as: UTF8.self)
    }

    /// The bytes by which clients are told apart: all of IPv4, the customer's network of IPv6.
    var client: [UInt8] { bytes.count == 4 ? bytes : Array(bytes.prefix(Self.customerBytes)) }
}

/// All addresses that begin with the same bits.
struct AddressNetwork: Sendable {
    private let first: NetworkAddress
    private let bits: Int

    /// Reads an address, or a network such as `10.0.0.0/8`.
    init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= 2, let first = NetworkAddress(parts[0]) else { return nil }
        let width = first.bytes.count * 8
        guard let bits = parts.count == 1 ? width : DecimalNumber.parse(parts[1]), bits <= width
        else { return nil }
        self.first = first
        self.bits = bits
    }

    func contains(_ address: NetworkAddress) -> Bool {
        guard address.bytes.count == first.bytes.count else { return false }
        let whole = bits / 8
        guard address.bytes.prefix(whole) == first.bytes.prefix(whole) else { return false }
        let rest = bits % 8
        return rest == 0 || (address.bytes[whole] ^ first.bytes[whole]) >> (8 - rest) == 0
    }
}
