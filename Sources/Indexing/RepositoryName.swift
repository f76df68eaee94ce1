/// The name a local repository gets: that of its folder.
enum RepositoryName {
    /// The name of the repository whose common git directory this is.
    static func of(_ commonDirectory: String) -> String {
        var parts = commonDirectory.split(separator: "/").map(String.init)
        if parts.last == ".git" { parts.removeLast() }
        var name = parts.last ?? "repository"
        if name.hasSuffix(".git"), name.count > 4 { name.removeLast(4) }
        return name
    }
}
