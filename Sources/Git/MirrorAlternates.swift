#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Lets a mirror read the objects of a repository on the same disk where they lie, without a copy.
///
/// A mirror is a cache: when an object is gone from there, the mirror is made anew.
struct MirrorAlternates {
    /// The mirror's folder.
    let path: String

    private var file: String { path + "/objects/info/alternates" }

    /// Names the objects of a local repository in the mirror.
    ///
    /// - Parameter url: The remote.
    /// - Returns: Whether the mirror has to be opened again to see them.
    func borrow(from url: RemoteURL) -> Bool {
        guard url.transport == .local, let source = Self.path(of: url),
            let repository = try? Repository(at: source)
        else { return false }
        let objects = repository.commonDirectory + "/objects"
        // A line of the file is a path, and one with a quote or a comment sign would need escapes.
        guard !objects.utf8.contains(where: { $0 < 0x20 || $0 == UInt8(ascii: "\"") }) else {
            return false
        }
        let line = Data((objects + "\n").utf8)
        if let present = FileManager.default.contents(atPath: file), present == line {
            return false
        }
        do {
            try FileManager.default.createDirectory(
                atPath: path + "/objects/info", withIntermediateDirectories: true)
            try line.write(to: URL(filePath: file), options: .atomic)
            return true
        } catch {
            return false
        }
    }

    /// The path that a `file` URL names.
    private static func path(of url: RemoteURL) -> String? {
        guard url.connectable.hasPrefix("file://") else { return nil }
        let path = GitPath(percentEncoded: url.connectable.dropFirst("file://".count))
        return path.flatMap { String(validating: $0.bytes, as: UTF8.self) }
    }
}
