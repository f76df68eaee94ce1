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

/// Measures what files take on disk.
enum DirectorySize {
    /// The room that a folder's files take, in bytes; what cannot be read counts nothing.
    static func bytes(of directory: String) -> Int {
        let names = (try? FileManager.default.subpathsOfDirectory(atPath: directory)) ?? []
        return names.reduce(0) { total, name in
            var status = stat()
            guard lstat(directory + "/" + name, &status) == 0 else { return total }
            return total + Int(status.st_blocks) * 512
        }
    }

    /// When a file was written last, in nanoseconds of Unix time; 0 when there is none.
    static func modified(_ path: String) -> Int {
        var status = stat()
        guard stat(path, &status) == 0 else { return 0 }
        #if canImport(Darwin)
            let time = status.st_mtimespec
        #else
            let time = status.st_mtim
        #endif
        return Int(time.tv_sec) * 1_000_000_000 + Int(time.tv_nsec)
    }
}
