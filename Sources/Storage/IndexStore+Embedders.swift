import Postgres

extension IndexStore {
    /// Returns the number of a model, making it known when it is new.
    ///
    /// - Parameters:
    ///   - provider: Who computes the vectors.
    ///   - model: The model's name.
    ///   - revision: Its version; another one makes other vectors.
    ///   - dimensions: How many components a vector has.
    ///   - tokenLimit: How much text it reads, in its own tokens.
    /// - Returns: The number.
    /// - Throws: What the database said.
    public func embedderID(
        provider: String, model: String, revision: String, dimensions: Int, tokenLimit: Int
    ) throws -> Int {
        let find: SQL = """
            SELECT id FROM embedders WHERE provider = \(provider) AND model = \(model)
                AND revision = \(revision) AND dimensions = \(Int32(dimensions))
            """
        if let row = try scoped.query(find).first { return try row.int(0) }
        try scoped.execute(
            """
            INSERT INTO embedders (provider, model, revision, dimensions, token_limit)
            VALUES (\(provider), \(model), \(revision), \(Int32(dimensions)), \(Int32(clamping: tokenLimit)))
            ON CONFLICT DO NOTHING
            """)
        guard let row = try scoped.query(find).first else {
            throw StorageError(
                code: .notFound, message: "the model \(model) could not be written down",
                remedy: "run the command again")
        }
        return try row.int(0)
    }
}
