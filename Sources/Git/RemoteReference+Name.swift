extension RemoteReference {
    /// Whether a text is the full name of a reference that can be fetched, by git's rules.
    ///
    /// - Parameter name: The text.
    /// - Returns: True for names such as `refs/heads/main`.
    public static func isValidName(_ name: String) -> Bool {
        Library.start()
        return name.hasPrefix("refs/") && !name.utf8.contains(0) && RemoteConnection.isValid(name)
    }
}
