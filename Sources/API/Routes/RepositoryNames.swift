internal import Git

/// Checks what clients call repositories, their refs and the paths in them.
enum RepositoryNames {
    /// What a repository's name must hold, as a pattern of the document.
    static let pattern = "^[^\\u0000]*[^0-9.\\u0000][^\\u0000]*$"

    /// Makes sure that a name can stand in a path and for no other repository.
    static func check(_ name: String?) throws(Problem) {
        try TextCheck.check(name, "name", 1...200)
        guard let name else { return }
        // By number, another repository would be found, and `..` leads out of a path.
        guard name.unicodeScalars.contains(where: { $0 != "." && !("0"..."9").contains($0) }) else {
            throw Problem(.invalidBody, "'name' must not be of digits and dots alone")
        }
    }

    /// Makes sure of patterns of paths, by the rules that indexing has.
    static func check(patterns: [String]?, _ name: String) throws(Problem) {
        try TextCheck.check(patterns, name, 1...1024, count: 200)
        guard let wrong = patterns?.first(where: { PathPattern($0).isMalformed }) else { return }
        throw Problem(
            .invalidBody,
            "'\(name)' has the malformed pattern '\(wrong.prefix(100))': close its '[', or write a "
                + "backslash before a sign that stands for itself")
    }

    /// Makes sure that a ref can be fetched by its full name.
    static func check(ref: String) throws(Problem) {
        guard RemoteReference.isValidName(ref) else {
            throw Problem(
                .invalidBody, "'ref' must be a name that git allows, such as main or refs/tags/v1")
        }
    }
}
