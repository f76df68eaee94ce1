#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Hosts that are written as an address of no public network.
///
/// Catches what is plain to see, so that a client hears of it at once; a worker checks the address
/// that it really connects to.
enum PrivateHost {
    /// Networks of IPv4: the first address and how many of its bits count.
    private static let networks: [(address: UInt32, bits: UInt32)] = [
        (0x0000_0000, 8), (0x0A00_0000, 8), (0x6440_0000, 10), (0x7F00_0000, 8),
        (0xA9FE_0000, 16), (0xAC10_0000, 12), (0xC0A8_0000, 16),
    ]

    /// Tells whether a host is a private address, in any way to write one, or this machine's name.
    static func contains(_ host: some StringProtocol) -> Bool {
        var name = host.lowercased()
        while name.hasSuffix(".") { name.removeLast() }
        if name == "localhost" || name.hasSuffix(".localhost") { return true }
        var hints = addrinfo()
        hints.ai_flags = AI_NUMERICHOST
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(name, nil, &hints, &found) == 0, let found else { return false }
        defer { freeaddrinfo(found) }
        guard let address = found.pointee.ai_addr else { return false }
        let raw = UnsafeRawPointer(address)
        switch Int32(address.pointee.sa_family) {
        case AF_INET:
            let bytes = raw.loadUnaligned(as: sockaddr_in.self).sin_addr
            return withUnsafeBytes(of: bytes) { contains(version4: Array($0)) }
        case AF_INET6:
            let bytes = raw.loadUnaligned(as: sockaddr_in6.self).sin6_addr
            return withUnsafeBytes(of: bytes) { contains(version6: Array($0)) }
        default: return false
        }
    }

    private static func contains(version4 bytes: [UInt8]) -> Bool {
        let address = bytes.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        return networks.contains { (address ^ $0.address) >> (32 - $0.bits) == 0 }
    }

    private static func contains(version6 bytes: [UInt8]) -> Bool {
        let zeroes = bytes.prefix { $0 == 0 }.count
        if zeroes == 10, bytes[10] == 0xFF, bytes[11] == 0xFF {
            return contains(version4: Array(bytes[12...]))
        }
        // All that is given out to the public begins with the bits 001.
        return bytes[0] >> 5 != 1
    }
}
