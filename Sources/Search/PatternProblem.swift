/// What is wrong with a regular expression, for people.
enum PatternProblem {
    private static let plainWords = [
        "parentheses () not balanced": "a '(' has no ')', or a ')' has no '('",
        "brackets [] not balanced": "a '[' has no ']'",
        "braces {} not balanced": "a '{' has no '}'",
        "invalid repetition count(s)": "a count in braces is out of order or over 255",
        "quantifier operand invalid": "a '*', '+', '?' or '{' has nothing before it to repeat",
        "invalid escape \\ sequence": "a backslash stands before a sign that it gives no meaning",
        "invalid backreference number": "a back reference such as \\1 names no group",
        "invalid character range": "a range such as [z-a] runs backwards",
        "invalid character class": "a class such as [[:name:]] has an unknown name",
        "invalid embedded option": "an option such as (?i) has an unknown letter",
        "regular expression is too complex": "it is too complex",
    ]

    /// The reason that a message of PostgreSQL gives, in plain words where some are known.
    ///
    /// - Parameter message: Such as `invalid regular expression: brackets [] not balanced`.
    /// - Returns: What is wrong.
    static func inPlainWords(_ message: String) -> String {
        guard let colon = message.firstIndex(of: ":") else { return message }
        let reason = String(message[message.index(after: colon)...].drop { $0 == " " })
        return plainWords[reason] ?? reason
    }
}
