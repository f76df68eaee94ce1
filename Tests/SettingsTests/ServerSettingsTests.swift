import Settings
import Testing

@Suite("A server's settings")
struct ServerSettingsTests {
    private static let key = "cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4="

    @Test("are empty and strict where nothing is set")
    func absent() throws {
        let settings = try SettingsFixture().load()
        #expect(settings.encryptionKeys.isEmpty)
        #expect(settings.githubWebhookSecrets.isEmpty)
        #expect(!settings.allowsPrivateRemotes)
    }

    @Test("hold one secret, or two while one is changed")
    func secrets() throws {
        let fixture = try SettingsFixture()
        func secrets(_ text: String) throws -> [String] {
            try fixture.load(["GITHUB_WEBHOOK_SECRET": text]).githubWebhookSecrets
                .map { $0.reveal() }
        }
        #expect(try secrets("one") == ["one"])
        #expect(try secrets("new, It's a Secret") == ["new", "It's a Secret"])
        try fixture.write(#"{"github": {"webhook_secret": ["new", "old"]}}"#, to: "gitdex.json")
        #expect(
            try fixture.load().githubWebhookSecrets.map { $0.reveal() } == ["new", "old"])
    }

    @Test(
        "that no secret can be are refused without being shown",
        arguments: ["sesame,", ",sesame", "sesame,b,c", ","])
    func badSecrets(text: String) throws {
        let fixture = try SettingsFixture()
        let error = #expect(throws: SettingsError.self) {
            try fixture.load(["GITHUB_WEBHOOK_SECRET": text])
        }
        #expect(error?.code == .malformed)
        #expect(error?.subject == "GITHUB_WEBHOOK_SECRET")
        #expect(error?.description.contains("sesame") == false)
    }

    @Test("hold the key that encrypts before older ones")
    func keys() throws {
        let other = String(Self.key.reversed().drop { $0 == "=" }) + "="
        let settings = try SettingsFixture().load(["ENCRYPTION_KEY": "\(Self.key), \(other)"])
        #expect(settings.encryptionKeys.map { $0.reveal() } == [Self.key, other])
    }

    @Test(
        "that no key can be are refused without being shown",
        arguments: [
            "password", key + ",", "+" + key.dropFirst(), String(key.dropLast()), key + key,
        ])
    func badKeys(text: String) throws {
        let fixture = try SettingsFixture()
        let error = #expect(throws: SettingsError.self) {
            try fixture.load(["ENCRYPTION_KEY": text])
        }
        #expect(error?.code == .malformed)
        #expect(error?.description.contains(text) == false)
    }

    @Test(
        "say whether private remotes are allowed",
        arguments: [("1", true), ("true", true), ("ON", true), ("0", false), ("no", false)])
    func privateRemotes(text: String, isAllowed: Bool) throws {
        let settings = try SettingsFixture().load(["GITDEX_ALLOW_PRIVATE_REMOTES": text])
        #expect(settings.allowsPrivateRemotes == isAllowed)
    }

    @Test("and nothing in between")
    func privateRemotesMalformed() throws {
        let fixture = try SettingsFixture()
        let error = #expect(throws: SettingsError.self) {
            try fixture.load(["GITDEX_ALLOW_PRIVATE_REMOTES": "maybe"])
        }
        #expect(error?.subject == "GITDEX_ALLOW_PRIVATE_REMOTES")
    }
}
