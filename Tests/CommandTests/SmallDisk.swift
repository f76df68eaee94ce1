import Foundation
import GitdexTesting

/// A file system of some megabytes, which only root can make.
final class SmallDisk {
    let path: String

    /// Mounts it at a path that it makes; nil where that is not permitted.
    init?(at path: String, megabytes: Int) throws {
        self.path = path
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o755])
        let options = "size=\(megabytes)m,mode=755"
        guard
            (try? EmbeddedBench.run("/bin/mount", "-t", "tmpfs", "-o", options, "tmpfs", path))
                != nil
        else { return nil }
    }

    deinit {
        try? EmbeddedBench.run("/bin/umount", "-l", path)
    }

    /// Writes until little more fits.
    func fill() throws {
        _ = try GitdexProcess(
            ["if=/dev/zero", "of=\(path)/ballast", "bs=4k", "status=none"],
            program: ["/bin/dd"], in: "/", environment: [:]
        ).finish()
    }
}
