/// The names that people give to workspaces and keys.
enum Names {
    /// Checks a name and drops the space around it.
    ///
    /// - Throws: ``AccountError`` with code `invalidArgument`.
    static func checked(
        _ name: String, of thing: String, limit: Int
    ) throws(AccountError) -> String {
        var text = name.drop(while: \.isWhitespace)
        while text.last?.isWhitespace == true { text.removeLast() }
        // As the database counts; control characters and marks that turn the direction of writing
        // around would make one name look like another.
        let scalars = text.unicodeScalars
        guard (1...limit).contains(scalars.count), scalars.allSatisfy(isVisible) else {
            throw AccountError(
                .invalidArgument, "that is no name for a \(thing)",
                remedy: "take 1 to \(limit) characters, none of them a control character")
        }
        return String(text)
    }

    private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned, .privateUse:
            false
        case .format:
            // Joiners shape letters of several scripts and emoji.
            scalar == "\u{200C}" || scalar == "\u{200D}"
        default: true
        }
    }
}
