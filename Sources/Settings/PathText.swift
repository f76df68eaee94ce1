/// Paths as text: joining and parents, without asking the file system.
enum PathText {
    /// Returns a path without doubled or trailing slashes.
    static func normalised(_ path: String) -> String {
        let parts = path.split(separator: "/", omittingEmptySubsequences: true)
        let body = parts.filter { $0 != "." }.joined(separator: "/")
        return path.hasPrefix("/") ? "/" + body : body
    }

    /// Returns `path` below `directory`.
    static func joined(_ directory: String, _ path: String) -> String {
        normalised(directory + "/" + path)
    }

    /// Returns the directory that holds `path`; the root holds itself.
    static func parent(of path: String) -> String {
        let whole = normalised(path)
        guard let slash = whole.lastIndex(of: "/") else { return "." }
        return slash == whole.startIndex ? "/" : String(whole[..<slash])
    }
}
