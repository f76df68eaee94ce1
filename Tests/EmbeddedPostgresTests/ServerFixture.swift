import EmbeddedPostgres
import Foundation
import GitdexTesting
import Postgres

/// A data directory of its own for one test; the server is stopped and all removed at the end.
final class ServerFixture {
    let directory: String
    let server: EmbeddedServer

    /// `subpath` says where the data directory lies below the fixture's own directory.
    init(subpath: String = "data", extraSettings: [String: String] = ["fsync": "off"]) throws {
        directory = "/tmp/gitdex-server-test-\(getpid())-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o755])
        server = EmbeddedServer(
            dataDirectory: directory + "/" + subpath, assetsDirectories: TestAssets.directories,
            extraSettings: extraSettings)
    }

    deinit {
        _ = try? server.stop()
        try? FileManager.default.removeItem(atPath: directory)
        try? FileManager.default.removeItem(atPath: runDirectory)
    }

    /// The directory of the socket, from the URL.
    var runDirectory: String {
        let host = server.url.split(separator: "=").last.map(String.init) ?? ""
        return host.removingPercentEncoding ?? host
    }

    func connect() throws -> Connection {
        try Connection(server.url)
    }
}

/// A file system of a few megabytes, which only root can make.
final class SmallDisk {
    let path: String

    init?(at path: String, megabytes: Int) throws {
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o755])
        self.path = path
        let options = "size=\(megabytes)m,mode=755"
        guard try run("/bin/mount", "-t", "tmpfs", "-o", options, "tmpfs", path) == 0 else {
            return nil
        }
    }

    deinit {
        _ = try? run("/bin/umount", "-l", path)
    }

    /// Writes until nothing more fits.
    func fill() throws {
        _ = try run("/bin/dd", "if=/dev/zero", "of=\(path)/ballast", "bs=4k", "status=none")
    }
}

/// Runs a program and returns its exit status.
@discardableResult
func run(_ program: String, _ arguments: String...) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
}
