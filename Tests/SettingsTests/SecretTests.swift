import Settings
import Testing

@Suite("A secret is never printed")
struct SecretTests {
    @Test("not by interpolation, debugging, reflection or dump")
    func hidden() {
        let secret = Secret("hunter2")
        var dumped = ""
        dump(secret, to: &dumped)
        dump(["key": secret], to: &dumped)
        let texts = ["\(secret)", String(reflecting: secret), "\([secret])", dumped]
        for text in texts {
            #expect(!text.contains("hunter2"))
            #expect(!text.isEmpty)
        }
        #expect(secret.reveal() == "hunter2")
    }

    @Test("not in whole settings either")
    func settings() throws {
        let fixture = try SettingsFixture()
        let settings = try fixture.load(["DATABASE_URL": "postgresql://ada:hunter2@db/x"])
        var dumped = ""
        dump(settings, to: &dumped)
        #expect(dumped.contains("ada@db"))
        #expect(!dumped.contains("hunter2"))
    }

    @Test("every setting that holds a key, a password or a secret counts as one")
    func names() {
        // A number, and the place of a file.
        let harmless: Set<SettingName> = [.rateLimitKey, .githubAppPrivateKeyFile]
        for name in SettingName.allCases where !harmless.contains(name) {
            let speaksOfSecret = ["SECRET", "KEY", "DATABASE"].contains {
                name.rawValue.contains($0)
            }
            #expect(name.isSecret == speaksOfSecret, "\(name.rawValue)")
        }
    }
}
