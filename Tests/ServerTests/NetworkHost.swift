import Foundation
import GitdexTesting

/// Another host: a network namespace with a cable to this one.
final class NetworkHost {
    /// The address of this machine at its end of the cable.
    let address: String
    private let name: String
    private let cable: String

    /// Why there can be none here; nil where there can.
    static let obstacle: String? = {
        guard geteuid() == 0 else { return "network namespaces need root" }
        do {
            _ = try NetworkHost(number: 63)
            return nil
        } catch {
            return "this machine makes no network namespaces: \(error)"
        }
    }()

    /// Makes a host.
    ///
    /// - Parameter number: Another one for each host of the process, below 64.
    /// - Throws: What `ip` said.
    init(number: Int) throws {
        let process = Int(getpid())
        name = "gitdex-\(process)-\(number)"
        cable = "gx\(process)n\(number)"
        // Of the addresses that are kept for tests of networks.
        let subnet = "198.18.\(process % 256)."
        address = subnet + String(number * 4 + 1)
        try Self.ip("netns", "add", name)
        do {
            let far = "gy\(process)n\(number)"
            try Self.ip("link", "add", cable, "type", "veth", "peer", "name", far)
            try Self.ip("link", "set", far, "netns", name)
            try Self.ip("address", "add", address + "/30", "dev", cable)
            try Self.ip("link", "set", cable, "up")
            let other = subnet + String(number * 4 + 2)
            try Self.ip("-n", name, "address", "add", other + "/30", "dev", far)
            try Self.ip("-n", name, "link", "set", far, "up")
            try Self.ip("-n", name, "link", "set", "lo", "up")
        } catch {
            remove()
            throw error
        }
    }

    deinit { remove() }

    private func remove() {
        // A cable goes with either of its ends, though not before the last process of the host.
        try? Self.ip("link", "delete", cable)
        try? Self.ip("netns", "delete", name)
    }

    /// What a program is started with to run there.
    func program(_ path: String) -> [String] {
        ["/usr/bin/env", "ip", "netns", "exec", name, path]
    }

    /// Pulls the cable out, without a word to either side.
    func cut() throws { try Self.ip("link", "set", cable, "down") }

    /// Puts the cable in again.
    func mend() throws { try Self.ip("link", "set", cable, "up") }

    private static func ip(_ arguments: String...) throws {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        let outcome = try GitdexProcess(
            arguments, program: ["/usr/bin/env", "ip"], in: "/",
            environment: ["PATH": path + ":/usr/sbin:/sbin"]
        ).finish()
        guard outcome.status == 0 else {
            throw ServerBench.Failure(description: outcome.errors)
        }
    }
}
