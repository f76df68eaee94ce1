import Postgres

extension SQL {
    /// A value that may be NULL.
    ///
    /// Interpolating an optional itself draws a warning that is meant for texts.
    static func bound(_ value: (some PostgresValue)?) -> SQL {
        var part = SQL(unsafe: "")
        part.bind(value)
        return part
    }
}
