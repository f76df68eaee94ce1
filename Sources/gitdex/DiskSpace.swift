import Glibc

/// Looks whether there is room for the index to grow.
enum DiskSpace {
    /// Less than this is too little, in bytes.
    static let leastBytes: UInt64 = 512 << 20

    /// How much is free where a folder is or would be.
    ///
    /// - Parameter directory: The folder, absolute; it need not be there yet.
    /// - Returns: A sentence.
    /// - Throws: `CommandError` when there is too little.
    static func check(_ directory: String) throws -> String {
        var place = directory
        var status = statvfs()
        while statvfs(place, &status) != 0 {
            guard errno == ENOENT, place.count > 1 else {
                throw CommandError(
                    "\(place) cannot be looked at (\(String(cString: strerror(errno))))",
                    remedy: "make it readable for this user")
            }
            let parent = place.lastIndex(of: "/").map { String(place[..<$0]) } ?? ""
            place = parent.isEmpty ? "/" : parent
        }
        let free = UInt64(status.f_bavail) * UInt64(status.f_frsize)
        let text = "\(free >> 20) MiB free at \(place)"
        if free < leastBytes {
            throw CommandError(
                text, remedy: "free some, or set GITDEX_DATA_DIR to a folder on a larger disk")
        }
        return text
    }
}
