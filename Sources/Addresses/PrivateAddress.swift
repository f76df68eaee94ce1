#if canImport(Darwin)
    public import Darwin
#elseif canImport(Musl)
    public import Musl
#else
    public import Glibc
#endif

/// Addresses that do not belong to the public internet: where a URL that somebody else wrote must
/// not lead a server.
///
/// The one list for everything that connects. A name that is looked up is not judged here, since it
/// may lead elsewhere the next time: who connects asks about the address that it connects to.
public enum PrivateAddress {
    /// Networks of IPv4: the first address and how many of its bits count.
    private static let networks: [(first: UInt32, bits: UInt32)] = [
        (0x0000_0000, 8), (0x0A00_0000, 8), (0x6440_0000, 10), (0x7F00_0000, 8),
        (0xA9FE_0000, 16), (0xAC10_0000, 12), (0xC000_0000, 24), (0xC000_0200, 24),
        (0xC0A8_0000, 16), (0xC612_0000, 15), (0xC633_6400, 24), (0xCB00_7100, 24),
        (0xE000_0000, 3),
    ]

    /// Tells whether the address of a socket is private; one of an unknown family is.
    ///
    /// - Parameter address: The address, as long as its family says.
    /// - Returns: Whether it belongs to no public network.
    public static func contains(_ address: UnsafePointer<sockaddr>) -> Bool {
        let raw = UnsafeRawPointer(address)
        switch Int32(address.pointee.sa_family) {
        case AF_INET:
            let bytes = raw.loadUnaligned(as: sockaddr_in.self).sin_addr
            return withUnsafeBytes(of: bytes) { contains(version4: Array($0)[...]) }
        case AF_INET6:
            let bytes = raw.loadUnaligned(as: sockaddr_in6.self).sin6_addr
            return withUnsafeBytes(of: bytes) { contains(version6: Array($0)) }
        default:
            return true
        }
    }

    /// Tells whether a host is written as a private address, in any way to write one, or is this
    /// machine's name.
    ///
    /// Catches what is plain to see, so that whoever wrote it hears of it at once. Looks nothing up.
    ///
    /// - Parameter host: A name or an address, without brackets.
    /// - Returns: Whether it is private on its face.
    public static func isWritten(_ host: some StringProtocol) -> Bool {
        var name = host.lowercased()
        while name.hasSuffix(".") { name.removeLast() }
        if name == "localhost" || name.hasSuffix(".localhost") { return true }
        var hints = addrinfo()
        hints.ai_flags = AI_NUMERICHOST
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(name, nil, &hints, &found) == 0, let found else { return false }
        defer { freeaddrinfo(found) }
        guard let address = found.pointee.ai_addr else { return false }
        return contains(address)
    }

    private static func contains(version4 bytes: ArraySlice<UInt8>) -> Bool {
        let address = bytes.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        return networks.contains { (address ^ $0.first) >> (32 - $0.bits) == 0 }
    }

    private static func contains(version6 bytes: [UInt8]) -> Bool {
        let zeroes = bytes.prefix { $0 == 0 }.count
        // Addresses of IPv4 in the clothes of IPv6: mapped, by NAT64, by 6to4.
        if zeroes == 10, bytes[10] == 0xFF, bytes[11] == 0xFF {
            return contains(version4: bytes[12...])
        }
        if bytes.starts(with: [0x00, 0x64, 0xFF, 0x9B]) { return contains(version4: bytes[12...]) }
        if bytes.starts(with: [0x20, 0x02]) { return contains(version4: bytes[2..<6]) }
        if bytes.starts(with: [0x20, 0x01, 0x0D, 0xB8]) { return true }
        // All that is given out to the public begins with the bits 001.
        return bytes[0] >> 5 != 1
    }
}
