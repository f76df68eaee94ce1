/// Which GitHub is spoken to, and as whom.
public struct GitHubValues: Sendable {
    /// Where people see it, such as `https://github.example.com`; nil for GitHub itself.
    public let webURL: String?
    /// Where its API is; nil for what belongs to ``webURL``.
    public let apiURL: String?
    /// The OAuth client's public id; set together with its secret.
    public let clientID: String?
    /// The OAuth client's secret.
    public let clientSecret: Secret?
    /// The GitHub App's number or client id; set together with its key.
    public let appID: String?
    /// The GitHub App's private key in PEM.
    public let appPrivateKey: Secret?

    init(_ layers: SettingLayers) throws(SettingsError) {
        webURL = try Self.url(.githubURL, "https://github.example.com", layers)
        apiURL = try Self.url(.githubAPIURL, "https://github.example.com/api/v3", layers)
        (clientID, clientSecret) = try Self.client(layers)
        (appID, appPrivateKey) = try Self.app(layers)
    }

    private static func url(
        _ name: SettingName, _ example: String, _ layers: SettingLayers
    ) throws(SettingsError) -> String? {
        guard let (text, origin) = layers.value(of: name) else { return nil }
        var url = text
        while url.hasSuffix("/") { url.removeLast() }
        guard isAddress(url) else {
            throw .malformed(
                name, origin: origin,
                form: "set it to an address such as \(example), without a user or a query")
        }
        if try GitdexSettings.isTrue(.production, layers), url.lowercased().hasPrefix("http://") {
            throw .malformed(
                name, origin: origin, form: "set it to an address that begins with https://")
        }
        return url
    }

    private static func isAddress(_ url: String) -> Bool {
        guard let scheme = url.firstRange(of: "://"),
            ["http", "https"].contains(url[..<scheme.lowerBound].lowercased())
        else { return false }
        let rest = url[scheme.upperBound...]
        let host = rest.prefix { $0 != "/" && $0 != ":" }
        return !host.isEmpty
            && rest.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
            && !rest.contains { "@?#\\\"'<>".contains($0) }
    }

    private static func client(
        _ layers: SettingLayers
    ) throws(SettingsError) -> (String?, Secret?) {
        let id = layers.value(of: .githubClientID)
        let secret = layers.value(of: .githubClientSecret)
        if let (text, origin) = id {
            guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), text.utf8.count <= 200 else {
                throw .malformed(
                    .githubClientID, origin: origin,
                    form: "set it to the client ID that GitHub shows for the OAuth app")
            }
            guard secret != nil else {
                throw missing(.githubClientSecret, besides: .githubClientID)
            }
        } else if secret != nil {
            throw missing(.githubClientID, besides: .githubClientSecret)
        }
        return (id?.text, secret.map { Secret($0.text) })
    }

    private static func app(
        _ layers: SettingLayers
    ) throws(SettingsError) -> (String?, Secret?) {
        let id = layers.value(of: .githubAppID)
        let key = try privateKey(layers)
        if let (text, origin) = id {
            guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") }),
                text.utf8.count <= 200
            else {
                throw .malformed(
                    .githubAppID, origin: origin, form: "set it to the app ID that GitHub shows")
            }
            guard key != nil else { throw missing(.githubAppPrivateKey, besides: .githubAppID) }
        } else if key != nil {
            throw missing(.githubAppID, besides: .githubAppPrivateKey)
        }
        return (id?.text, key)
    }

    /// The key, from the setting or from the file that another one names.
    private static func privateKey(_ layers: SettingLayers) throws(SettingsError) -> Secret? {
        let form = "set it to the private key in PEM that GitHub gave out for the app"
        if let (text, origin) = layers.value(of: .githubAppPrivateKey) {
            // Where a value can have one line only, its line ends are written as signs.
            let key = text.split(separator: "\\n", omittingEmptySubsequences: false)
                .joined(separator: "\n")
            guard isKey(key) else {
                throw .malformed(.githubAppPrivateKey, origin: origin, form: form)
            }
            return Secret(key)
        }
        guard let (path, origin) = layers.value(of: .githubAppPrivateKeyFile) else { return nil }
        guard let bytes = try FileReading.bytes(of: path) else {
            throw .malformed(
                .githubAppPrivateKeyFile, origin: origin,
                form: "set it to the path of a file with the app's private key")
        }
        let key = String(decoding: bytes, as: UTF8.self)
        guard isKey(key) else {
            throw .malformed(
                .githubAppPrivateKeyFile, origin: origin,
                form: "put the private key in PEM that GitHub gave out for the app into that file")
        }
        return Secret(key)
    }

    private static func isKey(_ text: String) -> Bool {
        text.contains("-----BEGIN") && text.contains("PRIVATE KEY-----")
            && text.contains("-----END")
    }

    private static func missing(_ name: SettingName, besides other: SettingName) -> SettingsError {
        SettingsError(
            code: .missing, subject: name.rawValue,
            message: "\(name.rawValue) is not set, and \(other.rawValue) is",
            remedy: "set both, or neither")
    }
}
