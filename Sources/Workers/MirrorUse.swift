import Git

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A mirror that one job uses.
struct MirrorUse {
    /// The folder of the bare repository.
    let path: String

    /// Fetches refs.
    ///
    /// - Returns: Where each ref stands at the remote; one that is gone is left out.
    func fetch(
        _ refs: [String], from url: String, options: RemoteOptions
    ) throws -> [String: ObjectID] {
        try Mirror(at: path, url: url, options: options).fetch(refs: refs)
    }

    /// The repository, opened for this thread.
    func repository() throws -> Repository {
        try Repository(at: path)
    }

    /// Removes a mirror that turned out to be damaged; the next fetch makes it anew.
    func discard() {
        Self.remove(path)
    }

    /// Removes a mirror so that nobody ever sees half of one.
    static func remove(_ path: String) {
        let aside = path + MirrorCache.goneInfix + UUID().uuidString
        if rename(path, aside) == 0 {
            try? FileManager.default.removeItem(atPath: aside)
        }
    }
}
