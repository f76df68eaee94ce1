extension Connection {
    /// Finds the number of a type that an extension brought, such as `halfvec` or `halfvec[]`.
    ///
    /// Asked for once per session; found along the session's search path.
    ///
    /// - Parameter name: The type's name; `name[]` for its array.
    /// - Returns: The number.
    /// - Throws: ``PostgresError`` with code `undefinedObject` when there is no such type.
    public func typeOID(named name: String) throws(PostgresError) -> TypeOID {
        if let known = namedTypes[name] { return known }
        let rows = try query("SELECT to_regtype(\(name))::oid")
        guard let number = try rows.only().optionalInt64(0) else {
            throw PostgresError(
                .undefinedObject, message: "the database has no type '\(name)'",
                remedy: "run `gitdex migrate up`; pgvector must be installed on the server")
        }
        let type = TypeOID(rawValue: UInt32(truncatingIfNeeded: number))
        namedTypes[name] = type
        return type
    }

    /// The version of an extension in this database.
    ///
    /// - Parameter name: The extension's name, for example `vector`.
    /// - Returns: The version, nil when it is not created here.
    /// - Throws: ``PostgresError``.
    public func extensionVersion(_ name: String) throws(PostgresError) -> String? {
        try query("SELECT extversion FROM pg_extension WHERE extname = \(name)")
            .first?.string(0)
    }

    /// The version of an extension that the server could create, whether created here or not.
    ///
    /// - Parameter name: The extension's name, for example `vector`.
    /// - Returns: The version, nil when the server lacks the extension.
    /// - Throws: ``PostgresError``.
    public func availableExtensionVersion(_ name: String) throws(PostgresError) -> String? {
        try query("SELECT default_version FROM pg_available_extensions WHERE name = \(name)")
            .first?.string(0)
    }
}
