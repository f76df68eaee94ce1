#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

/// Where the files of the embedded server lie.
struct ServerLayout: Sendable {
    /// What fits in a socket's address on Linux, without the final NUL.
    static let socketPathLimitBytes = 107
    private static let socketName = ".s.PGSQL.5432"

    /// `postgres` in the data directory: all below belongs to the user the server runs as.
    let base: String
    /// The directory of the socket: below `base`, or a short one where that is too long.
    let run: String
    /// Whether `run` lies in a directory that other users can write to.
    let isRunShared: Bool

    init(dataDirectory: String) {
        base = Self.absolute(dataDirectory) + "/postgres"
        let inside = base + "/run"
        let length = inside.utf8.count + 1 + Self.socketName.utf8.count
        // libpq takes a comma for the end of one host in a list of them.
        isRunShared = length > Self.socketPathLimitBytes || inside.contains(",")
        run = isRunShared ? "/tmp/gitdex-" + Self.hash(base) : inside
    }

    var cluster: String { base + "/cluster" }
    var newCluster: String { base + "/cluster.new" }
    var versionFile: String { cluster + "/PG_VERSION" }
    var postmasterFile: String { cluster + "/postmaster.pid" }
    var logFile: String { base + "/server.log" }
    var lockFile: String { base + "/lock" }
    var socket: String { run + "/" + Self.socketName }

    var url: String {
        "postgresql://gitdex@/gitdex?host=" + Self.percentEncoded(run)
    }

    private static func absolute(_ path: String) -> String {
        if let resolved = realpath(path, nil) {
            defer { free(resolved) }
            return String(cString: resolved)
        }
        var path = path
        if !path.hasPrefix("/"), let here = getcwd(nil, 0) {
            defer { free(here) }
            path = String(cString: here) + "/" + path
        }
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        return path
    }

    /// 64 bits of FNV-1a in hexadecimal: only to tell directories apart, not to hide them.
    private static func hash(_ text: String) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return String(hash, radix: 16)
    }

    private static func percentEncoded(_ path: String) -> String {
        let digits = Array("0123456789ABCDEF")
        var encoded = ""
        for byte in path.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "-"),
                UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "~"):
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                encoded += "%"
                encoded.append(digits[Int(byte >> 4)])
                encoded.append(digits[Int(byte & 15)])
            }
        }
        return encoded
    }
}
