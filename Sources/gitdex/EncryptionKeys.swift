import Cryptography
import Glibc
import Settings

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The keys that secrets at rest are encrypted with.
enum EncryptionKeys {
    /// The key of a machine where none is set, below the data directory.
    private static let fileName = "encryption.key"

    /// The box of the keys in the settings, else of the data directory's own key.
    ///
    /// That key is made on first need, readable by this user only, by what encrypts: a key that is
    /// made in order to decrypt would fit nothing, and hide that the right one is missing.
    ///
    /// - Parameters:
    ///   - settings: The settings.
    ///   - makesKey: Whether a key is made where there is none.
    /// - Returns: The box.
    /// - Throws: ``CommandError`` where there is no key, or none that can be used.
    static func box(_ settings: GitdexSettings, makesKey: Bool) throws -> Fernet {
        if !settings.encryptionKeys.isEmpty {
            return Fernet(
                keys: try settings.encryptionKeys.map { try FernetKey(encoded: $0.reveal()) })
        }
        let path = settings.dataDirectory + "/" + fileName
        if let key = try read(path) { return Fernet(keys: [key]) }
        guard makesKey else {
            throw CommandError(
                "a secret is encrypted, and there is no key: ENCRYPTION_KEY is not set, and "
                    + "\(path) does not exist",
                remedy: "set ENCRYPTION_KEY to the key of 'gitdex serve', or copy its file there")
        }
        try make(path, in: settings.dataDirectory)
        guard let key = try read(path) else { throw unusable(path, "it vanished") }
        return Fernet(keys: [key])
    }

    private static func read(_ path: String) throws -> FernetKey? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        if descriptor < 0 {
            if errno == ENOENT { return nil }
            throw unusable(path, String(cString: strerror(errno)))
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & 0o077 == 0 else {
            throw unusable(path, "others may read it; run chmod 600 on it")
        }
        var bytes = [UInt8](repeating: 0, count: 128)
        let count = Glibc.read(descriptor, &bytes, bytes.count)
        guard count >= 0 else { throw unusable(path, String(cString: strerror(errno))) }
        let text = String(decoding: bytes[..<count].prefix { $0 > 0x20 }, as: UTF8.self)
        return try FernetKey(encoded: text)
    }

    /// Writes a new key beside its place and links it there: whole or not at all, and never over
    /// one that another process made meanwhile.
    private static func make(_ path: String, in directory: String) throws {
        if mkdir(directory, 0o755) != 0, errno != EEXIST {
            try FileManager.default.createDirectory(
                atPath: directory, withIntermediateDirectories: true)
        }
        // Not by the process' number: hosts and containers that share a directory repeat those.
        let name = try SecureRandom.bytes(16).map { String($0, radix: 16) }.joined()
        let draft = "\(path).\(name)"
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw unusable(path, String(cString: strerror(errno))) }
        defer {
            close(descriptor)
            unlink(draft)
        }
        let text = Array((try FernetKey.generate().encoded() + "\n").utf8)
        guard write(descriptor, text, text.count) == text.count, fsync(descriptor) == 0,
            link(draft, path) == 0 || errno == EEXIST
        else { throw unusable(path, String(cString: strerror(errno))) }
    }

    private static func unusable(_ path: String, _ reason: String) -> CommandError {
        CommandError(
            "the encryption key \(path) cannot be used (\(reason))",
            remedy: "mend that, or set ENCRYPTION_KEY to one made with 'gitdex key generate'")
    }
}
