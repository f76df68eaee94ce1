/// Everything a command is told from outside, read once at its start.
///
/// The first place that names a setting wins: command-line flag, environment, environment file,
/// `gitdex.json` in the data directory. The data directory itself is decided by the first three.
public struct GitdexSettings: Sendable {
    /// The database to use, or nil for the embedded server.
    public let database: DatabaseAddress?
    /// Where gitdex keeps its data; absolute.
    public let dataDirectory: String
    /// Where run-time assets may lie, in the order they are searched; absolute.
    public let assetsDirectories: [String]
    /// Which embedder computes vectors.
    public let embeddingProvider: EmbeddingProvider
    /// The keys that secrets at rest are encrypted with, the one that encrypts first; without any, a
    /// key is kept in the data directory.
    public let encryptionKeys: [Secret]
    /// What deliveries about any repository may be signed with: two while one is being changed.
    public let githubWebhookSecrets: [Secret]
    /// Whether repositories may be connected by file path or private address.
    public let allowsPrivateRemotes: Bool
    /// Who may have an account, and what their tokens are signed with.
    public let accounts: AccountSettings
    /// Which GitHub is spoken to, and as whom.
    public let github: GitHubValues
    /// Whom the HTTP server lets in, and how often.
    public let edges: EdgeSettings
    /// Where each setting that has a value got it from.
    public let origins: [SettingName: SettingOrigin]
    /// Names in `gitdex.json` that are no settings, probably misspelt.
    public let unknownNames: [String]

    /// The database's address as libpq takes it, or nil for the embedded server.
    public var databaseURL: Secret? { database?.connection }

    /// Reads the settings of one command.
    ///
    /// Costs at most two small file reads.
    ///
    /// - Parameters:
    ///   - environment: The environment of the process.
    ///   - overrides: What command-line flags set, by setting name.
    ///   - environmentFile: Which file of environment settings is read as well.
    ///   - executable: The path of the running program, whose prefix holds installed assets.
    ///   - user: The user the process works as; nil looks it up.
    /// - Returns: The settings, each checked for its form.
    /// - Throws: ``SettingsError`` for the first setting or file that cannot be used.
    public static func load(
        environment: [String: String],
        overrides: [SettingName: String] = [:],
        environmentFile: EnvironmentFilePolicy = .none,
        executable: String? = nil,
        user: UserIdentity? = nil
    ) throws(SettingsError) -> GitdexSettings {
        let user = user ?? .current(environment: environment)
        var layers = SettingLayers()
        var flags: [String: String] = [:]
        for (name, value) in overrides { flags[name.rawValue] = value }
        layers.append(flags, origin: .commandLine)
        layers.append(environment, origin: .environment)
        if let (path, values) = try environmentValues(environmentFile) {
            layers.append(values, origin: .environmentFile(path))
        }
        let standard = DataDirectory.standard(environment: environment, user: user)
        let dataDirectory = try dataDirectory(layers, standard: standard)
        let path = PathText.joined(dataDirectory, "gitdex.json")
        var unknown: [String] = []
        if let bytes = try FileReading.bytes(of: path) {
            let values = try SettingsFile.parse(bytes, path: path)
            layers.append(values, origin: .settingsFile(path))
            unknown = values.keys.filter { !SettingName.isKnown($0) }.sorted()
        }
        return GitdexSettings(
            database: try database(layers),
            dataDirectory: dataDirectory,
            assetsDirectories: try assets(
                layers, dataDirectory: dataDirectory, standard: standard, executable: executable),
            embeddingProvider: try embeddingProvider(layers),
            encryptionKeys: try encryptionKeys(layers),
            githubWebhookSecrets: try githubWebhookSecrets(layers),
            allowsPrivateRemotes: try allowsPrivateRemotes(layers),
            accounts: try AccountSettings(layers),
            github: try GitHubValues(layers),
            edges: try EdgeSettings(layers),
            origins: layers.origins(),
            unknownNames: unknown)
    }
}
