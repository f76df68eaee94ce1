/// Who may have an account, and what their tokens are signed with.
public struct AccountSettings: Sendable {
    /// Who may make an account by themselves.
    public enum Registration: String, Sendable, CaseIterable {
        /// Anybody.
        case open
        /// Who is invited, and the first user of an empty server.
        case invitation
        /// Nobody.
        case closed
    }

    /// What access tokens are signed with, the secret that signs first; none unless set.
    public let jwtSecrets: [Secret]
    /// Whom access tokens name as their issuer.
    public let jwtIssuer: String
    /// Who may make an account by themselves.
    public let registration: Registration
    /// Where this server is found from outside, such as `https://code.example`, without a slash at
    /// the end; nil unless set.
    public let publicURL: String?
    /// Whether weak secrets and addresses without encryption are refused.
    public let isProduction: Bool

    private static let secretByteCount = 32
    private static let issuerLimit = 200
    private static let secretForm =
        "set it to \(secretByteCount) random bytes or more, which 'gitdex key generate' prints; "
        + "to change it, put the new one before the old one, with a comma between them"

    init(_ layers: SettingLayers) throws(SettingsError) {
        isProduction = try GitdexSettings.isTrue(.production, layers)
        jwtSecrets = try Self.secrets(layers, isProduction: isProduction)
        publicURL = try Self.publicURL(layers, isProduction: isProduction)
        jwtIssuer = try Self.issuer(layers) ?? publicURL ?? "gitdex"
        registration = try Self.registration(layers)
    }

    /// The secrets of access tokens, for what cannot do without.
    ///
    /// - Returns: One secret or more.
    /// - Throws: ``SettingsError`` with code `missing`.
    public func requiredJWTSecrets() throws(SettingsError) -> [Secret] {
        guard jwtSecrets.isEmpty else { return jwtSecrets }
        throw SettingsError(
            code: .missing, subject: SettingName.jwtSecret.rawValue,
            message: "JWT_SECRET is not set, which signs access tokens", remedy: Self.secretForm)
    }

    private static func secrets(
        _ layers: SettingLayers, isProduction: Bool
    ) throws(SettingsError) -> [Secret] {
        guard let (text, origin) = layers.value(of: .jwtSecret) else { return [] }
        let secrets = GitdexSettings.parts(text)
        guard secrets.allSatisfy({ $0.utf8.count >= secretByteCount }) else {
            throw .malformed(.jwtSecret, origin: origin, form: secretForm)
        }
        if isProduction, secrets.contains(where: WeakSecret.isWeak) {
            throw .weak(.jwtSecret, origin: origin, form: secretForm)
        }
        return secrets.map(Secret.init)
    }

    private static func registration(
        _ layers: SettingLayers
    ) throws(SettingsError) -> Registration {
        guard let (text, origin) = layers.value(of: .registration) else { return .invitation }
        guard let registration = Registration(rawValue: text.lowercased()) else {
            throw .malformed(
                .registration, origin: origin, form: "set it to open, invitation or closed")
        }
        return registration
    }

    private static func issuer(_ layers: SettingLayers) throws(SettingsError) -> String? {
        guard let (text, origin) = layers.value(of: .jwtIssuer) else { return nil }
        guard text.utf8.count <= issuerLimit, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else {
            throw .malformed(
                .jwtIssuer, origin: origin,
                form: "set it to a name or an address of at most \(issuerLimit) ASCII characters")
        }
        return text
    }

    private static func publicURL(
        _ layers: SettingLayers, isProduction: Bool
    ) throws(SettingsError) -> String? {
        guard let (text, origin) = layers.value(of: .publicURL) else { return nil }
        var url = text
        if url.hasSuffix("/") { url.removeLast() }
        guard EdgeSettings.isOrigin(url) else {
            throw .malformed(
                .publicURL, origin: origin,
                form: "set it to where this server is found, such as https://code.example, without "
                    + "a path")
        }
        if isProduction, !url.lowercased().hasPrefix("https://") {
            throw .weak(
                .publicURL, origin: origin, form: "set it to an address that begins with https://")
        }
        return url.lowercased()
    }
}
