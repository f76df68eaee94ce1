/// What only a server reads: keys, secrets, and what may be connected.
extension GitdexSettings {
    /// Two secrets are in use while one takes the other's place.
    private static let webhookSecretLimit = 2
    /// The characters of 32 bytes in base 64.
    private static let encryptionKeyCharacters = 44

    static func encryptionKeys(_ layers: SettingLayers) throws(SettingsError) -> [Secret] {
        let name = SettingName.encryptionKey
        guard let (text, origin) = layers.value(of: name) else { return [] }
        let keys = parts(text)
        for key in keys {
            let letters = key.utf8.dropLast()
            guard key.utf8.count == encryptionKeyCharacters, key.hasSuffix("="),
                letters.allSatisfy(isOfURLBase64)
            else {
                throw .malformed(
                    name, origin: origin,
                    form: """
                        set it to a key that 'gitdex key generate' made; to change keys, put the \
                        new one before the old one, with a comma between them
                        """)
            }
        }
        if try isTrue(.production, layers), keys.contains(where: WeakSecret.isWeak) {
            throw .weak(
                name, origin: origin, form: "set it to a key that 'gitdex key generate' made")
        }
        return keys.map(Secret.init)
    }

    static func githubWebhookSecrets(_ layers: SettingLayers) throws(SettingsError) -> [Secret] {
        let name = SettingName.githubWebhookSecret
        guard let (text, origin) = layers.value(of: name) else { return [] }
        let secrets = parts(text)
        guard secrets.count <= webhookSecretLimit, !secrets.contains("") else {
            throw .malformed(
                name, origin: origin,
                form: """
                    set it to the secret of the webhook without commas, or to the new and the old \
                    one with a comma between them
                    """)
        }
        if try isTrue(.production, layers), secrets.contains(where: WeakSecret.isWeak) {
            throw .weak(
                name, origin: origin,
                form: "set it to 16 random characters or more, here and at the webhook")
        }
        return secrets.map(Secret.init)
    }

    static func allowsPrivateRemotes(_ layers: SettingLayers) throws(SettingsError) -> Bool {
        try isTrue(.allowPrivateRemotes, layers)
    }

    /// Whether a setting that is on or off is on; off where it is not set.
    static func isTrue(
        _ name: SettingName, _ layers: SettingLayers
    ) throws(SettingsError) -> Bool {
        guard let (text, origin) = layers.value(of: name) else { return false }
        switch text.lowercased() {
        case "1", "true", "yes", "on": return true
        case "0", "false", "no", "off": return false
        default: throw .malformed(name, origin: origin, form: "set it to 1 or 0")
        }
    }

    /// What stands between the commas, without the space around it.
    static func parts(_ text: String) -> [String] {
        text.split(separator: ",", omittingEmptySubsequences: false).map { part in
            var part = part.drop(while: \.isWhitespace)
            while part.last?.isWhitespace == true { part.removeLast() }
            return String(part)
        }
    }

    private static func isOfURLBase64(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
