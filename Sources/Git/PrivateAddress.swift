#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Addresses that do not belong to the public internet.
enum PrivateAddress {
    /// Networks of IPv4: the first address and how many of its bits count.
    private static let networks: [(UInt32, UInt32)] = [
        (0x0000_0000, 8), (0x0A00_0000, 8), (0x6440_0000, 10), (0x7F00_0000, 8),
        (0xA9FE_0000, 16), (0xAC10_0000, 12), (0xC000_0000, 24), (0xC000_0200, 24),
        (0xC0A8_0000, 16), (0xC612_0000, 15), (0xC633_6400, 24), (0xCB00_7100, 24),
        (0xE000_0000, 3),
    ]

    /// Tells whether an address of a socket is private; one of an unknown family is.
    static func contains(_ address: UnsafeMutablePointer<sockaddr>) -> Bool {
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

    static func contains(version4 bytes: ArraySlice<UInt8>) -> Bool {
        let address = bytes.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        return networks.contains { (address ^ $0.0) >> (32 - $0.1) == 0 }
    }

    static func contains(version6 bytes: [UInt8]) -> Bool {
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
