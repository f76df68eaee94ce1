import FoundationEssentials

/// The values of `gitdex.json`.
///
/// The file is one JSON object. Its keys are setting names (`"DATABASE_URL"`), or objects whose
/// keys continue the name (`"database": {"url": …}`). Booleans read as `1` and `0`, lists as text
/// joined by commas, and null as no value.
enum SettingsFile {
    /// The deepest nesting that can still spell a setting's name.
    private static let depthLimit = 8

    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    private struct Pairs: Decodable {
        var values: [String: String] = [:]

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Key.self)
            try Self.collect(container, prefix: "", depth: 0, into: &values)
        }

        private static func collect(
            _ container: KeyedDecodingContainer<Key>, prefix: String, depth: Int,
            into values: inout [String: String]
        ) throws {
            for key in container.allKeys {
                let name = prefix + normalised(key.stringValue)
                if try container.decodeNil(forKey: key) { continue }
                if depth < depthLimit,
                    let nested = try? container.nestedContainer(keyedBy: Key.self, forKey: key)
                {
                    try collect(nested, prefix: name + "_", depth: depth + 1, into: &values)
                } else {
                    values[name] = try text(container, key)
                }
            }
        }

        private static func text(
            _ container: KeyedDecodingContainer<Key>, _ key: Key
        ) throws -> String {
            if let text = try? container.decode(String.self, forKey: key) { return text }
            if let flag = try? container.decode(Bool.self, forKey: key) { return flag ? "1" : "0" }
            if let number = try? container.decode(Int.self, forKey: key) { return "\(number)" }
            if let number = try? container.decode(Double.self, forKey: key) { return "\(number)" }
            return try container.decode([String].self, forKey: key).joined(separator: ",")
        }

        private static func normalised(_ key: String) -> String {
            String(key.uppercased().map { $0 == "-" || $0 == "." ? "_" : $0 })
        }
    }

    /// Reads the values of a file's bytes.
    ///
    /// - Parameters:
    ///   - bytes: The file's bytes.
    ///   - path: The file's name for messages.
    /// - Returns: The values by setting name.
    /// - Throws: ``SettingsError`` that names the file, never its content.
    static func parse(_ bytes: [UInt8], path: String) throws(SettingsError) -> [String: String] {
        do {
            return try JSONDecoder().decode(Pairs.self, from: Data(bytes)).values
        } catch {
            throw SettingsError(
                code: .unreadableFile, subject: path,
                message: "\(path) is not a settings file",
                remedy: "write one JSON object of setting names and their values")
        }
    }
}
