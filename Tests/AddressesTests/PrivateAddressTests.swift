import Addresses
import Testing

@Suite("Addresses of no public network")
struct PrivateAddressTests {
    @Test(
        "are known in whatever way they are written",
        arguments: [
            "localhost", "LOCALHOST.", "x.localhost", "127.0.0.1", "127.1", "0x7f000001",
            "2130706433", "017700000001", "0.0.0.0", "10.1.2.3", "100.64.0.1", "169.254.169.254",
            "172.16.0.1", "172.31.255.255", "192.168.1.1", "192.0.2.1", "198.18.0.1",
            "203.0.113.9", "224.0.0.1", "255.255.255.255", "::", "::1", "fe80::1", "fc00::1",
            "ff02::1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:db8::1",
        ])
    func privateOnes(host: String) {
        #expect(PrivateAddress.isWritten(host))
    }

    @Test(
        "are not confused with public ones, nor with names",
        arguments: [
            "8.8.8.8", "172.32.0.1", "100.128.0.1", "192.0.1.1", "1.1.1.1", "2606:4700::1111",
            "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::", "10.example", "example.org",
            "localhost.example", "127.0.0.1.example", "",
        ])
    func publicOnes(host: String) {
        #expect(!PrivateAddress.isWritten(host))
    }
}
