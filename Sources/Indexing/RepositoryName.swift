import Git

/// The name a local repository gets: that of its folder.
enum RepositoryName {
    static func of(_ repository: Repository) -> String {
        var parts = repository.commonDirectory.split(separator: "/").map(String.init)
        if parts.last == ".git" { parts.removeLast() }
        var name = parts.last ?? "repository"
        if name.hasSuffix(".git"), name.count > 4 { name.removeLast(4) }
        return name
    }
}
