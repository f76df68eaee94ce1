/// Secrets that are none: placeholders of examples, and patterns of the keyboard's.
enum WeakSecret {
    private static let fewestBytes = 16
    private static let fewestDistinctBytes = 8
    private static let placeholders = [
        "changeme", "change-me", "change_me", "password", "secret", "example", "default",
        "placeholder", "insecure", "0123456789", "abcdefgh", "qwertyui",
    ]

    static func isWeak(_ secret: String) -> Bool {
        let lower = secret.lowercased()
        return lower.utf8.count < fewestBytes || Set(lower.utf8).count < fewestDistinctBytes
            || placeholders.contains(where: lower.contains)
    }
}

extension SettingsError {
    static func weak(_ name: SettingName, origin: SettingOrigin, form: String) -> Self {
        SettingsError(
            code: .malformed, subject: name.rawValue,
            message: "\(name.rawValue) (from \(origin)) is too weak for GITDEX_PRODUCTION",
            remedy: form)
    }
}
